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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bytes of an answer on their way out. Tomcat can send a file by itself, which costs less than any copy; but only on
 * the thread that took the request.
 */
final class ContentBody implements StreamingOutput {
    private static final Logger log = LoggerFactory.getLogger(ContentBody.class);
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
        boolean containerSends = range.length() > BUFFER_BYTES
                && Boolean.TRUE.equals(request.getProperty(TOMCAT + "support"))
                && !RequestProperties.answeredLater(request);
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
            int read = read(buffer, (int) Math.min(buffer.length, left));
            out.write(buffer, 0, read);
            left -= read;
        }
    }

    /** That the client goes away is no news; that a blob cannot be read is. */
    private int read(byte[] buffer, int most) throws IOException {
        try {
            int read = bytes.read(buffer, 0, most);
            if (read < 0) {
                throw new EOFException("it is shorter than it was");
            }
            return read;
        } catch (IOException failure) {
            log.error("The blob {} cannot be read to its end: {}", content.sha256(), failure.getMessage());
            throw failure;
        }
    }
}
