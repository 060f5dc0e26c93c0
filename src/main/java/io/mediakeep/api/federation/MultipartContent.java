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
 * Content in the envelope that homeservers hand it to each other in: {@code multipart/mixed}, a part for metadata, of
 * which there is none yet, and the file (Matrix server-server API, "Content Repository").
 */
final class MultipartContent {
    /** So that nobody can put the boundary into a file beforehand. */
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

    /** The {@code Content-Type} of the whole. */
    String contentType() {
        return "multipart/mixed; boundary=" + boundary;
    }

    /** The length of the whole, in bytes. */
    long length() {
        return head.length + content.size() + tail.length;
    }

    /** Opens the whole. */
    ByteSource source() throws IOException {
        return new SequenceSource(new ArraySource(head), content.source(0, content.size()), new ArraySource(tail));
    }
}
