package io.mediakeep.api;

import io.mediakeep.media.Content;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;

/** The bytes of an answer on their way out. Tomcat can send a file by itself, which costs less than any copy. */
final class ContentBody implements StreamingOutput {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final String TOMCAT = "org.apache.tomcat.sendfile.";

    private final InputStream bytes;
    private final ByteRange range;
    private final Content content;
    private final ContainerRequestContext request;

    ContentBody(InputStream bytes, ByteRange range, Content content, ContainerRequestContext request) {
        this.bytes = bytes;
        this.range = range;
        this.content = content;
        this.request = request;
    }

    @Override
    public void write(OutputStream out) throws IOException {
        boolean containerSends =
                range.length() > BUFFER_BYTES && Boolean.TRUE.equals(request.getProperty(TOMCAT + "support"));
        Optional<Path> file = containerSends ? content.file() : Optional.empty();
        if (file.isPresent()) {
            request.setProperty(TOMCAT + "filename", file.get().toAbsolutePath().toString());
            request.setProperty(TOMCAT + "start", range.start());
            request.setProperty(TOMCAT + "end", range.start() + range.length());
            out.flush();
        } else {
            copy(out);
        }
    }

    /** Bytes that end too early break the connection, so that no client takes a part for the whole. */
    private void copy(OutputStream out) throws IOException {
        byte[] buffer = new byte[(int) Math.min(BUFFER_BYTES, range.length())];
        long left = range.length();
        while (left > 0) {
            int read = bytes.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new EOFException("the blob " + content.blob() + " is shorter than its row says");
            }
            out.write(buffer, 0, read);
            left -= read;
        }
    }
}
