package io.mediakeep.api.federation;

import io.mediakeep.api.response.ArraySource;
import io.mediakeep.api.response.SequenceSource;
import io.mediakeep.blob.BlobSource.Headers;
import io.mediakeep.media.content.ByteSource;
import io.mediakeep.media.content.Content;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Content as {@code multipart/mixed}: a part for metadata, which is empty, and the file or its URL (Matrix server-server
 * API, "Content Repository").
 */
final class MultipartContent {
    /** So long that a file cannot contain the boundary by chance or on purpose. */
    private static final int BOUNDARY_BYTES = 24;

    private final String boundary;
    private final byte[] head;
    private final byte[] tail;
    private final Optional<Content> file;

    private MultipartContent(RandomGenerator random, String fileHeaders, Optional<Content> file) {
        byte[] bits = new byte[BOUNDARY_BYTES];
        random.nextBytes(bits);
        this.boundary = HexFormat.of().formatHex(bits);
        this.file = file;
        this.head = ascii("--" + boundary + "\r\nContent-Type: application/json\r\n\r\n{}\r\n--" + boundary + "\r\n"
                + fileHeaders + "\r\n\r\n");
        this.tail = ascii("\r\n--" + boundary + "--\r\n");
    }

    /**
     * With the file.
     *
     * @param random cryptographic
     */
    static MultipartContent of(Content content, Headers headers, RandomGenerator random) {
        return new MultipartContent(
                random,
                "Content-Type: " + headers.contentType() + "\r\nContent-Disposition: " + headers.disposition()
                        + "\r\nContent-Length: " + content.size(),
                Optional.of(content));
    }

    /**
     * With the URL of the file in its place.
     *
     * @param random cryptographic
     */
    static MultipartContent at(URI url, RandomGenerator random) {
        return new MultipartContent(random, "Location: " + url, Optional.empty());
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
        return head.length + file.map(Content::size).orElse(0L) + tail.length;
    }

    /** Opens the multipart body. */
    ByteSource source() throws IOException {
        ByteSource bytes = file.isPresent() ? file.get().source(0, file.get().size()) : new ArraySource(new byte[0]);
        return new SequenceSource(new ArraySource(head), bytes, new ArraySource(tail));
    }
}
