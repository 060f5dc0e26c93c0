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
 * The second part of a {@code multipart/mixed} answer: a file, or the word where it is (Matrix server-server API,
 * "Content Repository"). It is read while it arrives.
 */
record MediaPart(PartHeaders headers, InputStream bytes) {
    /** The part of metadata comes first. */
    private static final int WHICH = 2;

    private static final int MOST_HEADERS = 50;
    private static final int MOST_HEADER_BYTES = 16 * 1024;

    /** Strict: an answer that ends before its last boundary is broken, not short. Only headers may be odd. */
    private static final MimeConfig CONFIG = MimeConfig.custom()
            .setStrictParsing(true)
            .setMaxHeaderCount(MOST_HEADERS)
            .setMaxHeaderLen(MOST_HEADER_BYTES)
            .setMaxLineLen(MOST_HEADER_BYTES)
            .build();

    /**
     * Reads up to the first byte of the part.
     *
     * @param contentType of the whole, with the boundary
     * @throws IOException when there is no such part
     */
    static MediaPart in(InputStream body, String contentType) throws IOException {
        String type = PartHeaders.withoutControls(contentType);
        if (!type.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            throw new IOException("not a multipart answer but " + type);
        }
        MimeTokenStream tokens = new MimeTokenStream(CONFIG, DecodeMonitor.SILENT, null);
        try {
            tokens.parseHeadless(body, type);
            return secondPart(tokens);
        } catch (MimeException malformed) {
            throw new IOException("a malformed multipart answer: " + malformed.getMessage(), malformed);
        }
    }

    private static MediaPart secondPart(MimeTokenStream tokens) throws IOException, MimeException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        int part = 0;
        for (EntityState state = tokens.getState(); state != EntityState.T_END_OF_STREAM; state = tokens.next()) {
            if (state == EntityState.T_START_BODYPART) {
                tokens.setRecursionMode(RecursionMode.M_FLAT); // a file may be multipart itself; that is its own matter
                headers.clear();
                part++;
            } else if (state == EntityState.T_FIELD) {
                headers.putIfAbsent(
                        tokens.getField().getName(), tokens.getField().getBody().strip());
            } else if (state == EntityState.T_BODY && part == WHICH) {
                return new MediaPart(
                        new PartHeaders(name -> Optional.ofNullable(headers.get(name))), tokens.getInputStream());
            }
        }
        throw new IOException("a multipart answer without the part for the file");
    }
}
