package io.mediakeep.federation;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;

/**
 * The second part of a {@code multipart/mixed} response: a file, or its location (Matrix server-server API, "Content
 * Repository"). It is parsed while it is received.
 */
record MediaPart(PartHeaders headers, InputStream bytes) {
    /** The part with the metadata comes first. */
    private static final int FILE_PART = 2;

    private static final int MAX_HEADERS = 50;
    private static final int MAX_HEADER_BYTES = 16 * 1024;

    /** Strict: a response that ends before its last boundary is truncated. Only headers are parsed leniently. */
    private static final MimeConfig CONFIG = MimeConfig.custom()
            .setStrictParsing(true)
            .setMaxHeaderCount(MAX_HEADERS)
            .setMaxHeaderLen(MAX_HEADER_BYTES)
            .setMaxLineLen(MAX_HEADER_BYTES)
            .build();

    /**
     * Parses up to the first byte of the part.
     *
     * @param contentType of the multipart body, with the boundary
     * @throws IOException when there is no such part
     */
    static MediaPart in(InputStream body, String contentType) throws IOException {
        String type = PartHeaders.withoutControls(contentType);
        if (!type.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            throw new IOException("not multipart but " + type);
        }
        MimeTokenStream tokens = new MimeTokenStream(CONFIG, DecodeMonitor.SILENT, null);
        try {
            tokens.parseHeadless(body, type);
            return secondPart(tokens);
        } catch (MimeException malformed) {
            throw new IOException("malformed multipart: " + malformed.getMessage(), malformed);
        }
    }

    private static MediaPart secondPart(MimeTokenStream tokens) throws IOException, MimeException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        int part = 0;
        for (EntityState state = tokens.getState(); state != EntityState.T_END_OF_STREAM; state = tokens.next()) {
            if (state == EntityState.T_START_BODYPART) {
                tokens.setRecursionMode(RecursionMode.M_FLAT); // a file that is multipart itself is not parsed
                headers.clear();
                part++;
            } else if (state == EntityState.T_FIELD) {
                headers.putIfAbsent(
                        tokens.getField().getName(), tokens.getField().getBody().strip());
            } else if (state == EntityState.T_BODY && part == FILE_PART) {
                return new MediaPart(
                        new PartHeaders(name -> Optional.ofNullable(headers.get(name))), tokens.getInputStream());
            }
        }
        throw new IOException("multipart without a part for the file");
    }
}
