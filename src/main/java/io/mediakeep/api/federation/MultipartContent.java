package io.mediakeep.api.federation;

import io.mediakeep.api.response.ArraySource;
import io.mediakeep.api.response.Disposition;
import io.mediakeep.api.response.SequenceSource;
import io.mediakeep.media.content.ByteSource;
import io.mediakeep.media.content.Content;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * Content as {@code multipart/mixed}: a part for metadata, which is empty, and the file (Matrix server-server API,
 * "Content Repository").
 */
final class MultipartContent {
    /** So long that a file cannot contain the boundary by chance or on purpose. */
    private static final int BOUNDARY_BYTES = 24;

    private final String boundary;
    private final byte[] head;
    private final byte[] tail;
    private final Content content;

    /** @param random cryptographic */
    MultipartContent(Content content, RandomGenerator random) {
        byte[] bits = new byte[BOUNDARY_BYTES];
        random.nextBytes(bits);
        this.boundary = HexFormat.of().formatHex(bits);
        this.content = content;
        this.head = ascii("--" + boundary + "\r\nContent-Type: application/json\r\n\r\n{}\r\n--" + boundary
                + "\r\nContent-Type: " + content.contentType().headerValue()
                + "\r\nContent-Disposition: " + Disposition.of(content.contentType(), content.fileName())
                + "\r\nContent-Length: "
                + content.size() + "\r\n\r\n");
        this.tail = ascii("\r\n--" + boundary + "--\r\n");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The {@code Content-Type} of the multipart body. */
    String contentType() {
        return "multipart/mixed; boundary=" + boundary;
    }

    /** The length of the multipart body, in bytes. */
    long length() {
        return head.length + content.size() + tail.length;
    }

    /** Opens the multipart body. */
    ByteSource source() throws IOException {
        return new SequenceSource(new ArraySource(head), content.source(0, content.size()), new ArraySource(tail));
    }
}
