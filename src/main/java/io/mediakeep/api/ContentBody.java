package io.mediakeep.api;

import io.mediakeep.media.Content;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The bytes of an answer on their way out. Tomcat can send a file by itself, which costs less than any copy; but only on
 * the thread that took the request.
 */
final class ContentBody implements StreamingOutput {
    private static final int WORTH_SENDING = 64 * 1024;
    private static final String TOMCAT = "org.apache.tomcat.sendfile.";

    private final ContentBytes bytes;
    private final ByteRange range;
    private final Content content;
    private final ContainerRequestContext request;

    ContentBody(ContentBytes bytes, ByteRange range, Content content, ContainerRequestContext request) {
        this.bytes = bytes;
        this.range = range;
        this.content = content;
        this.request = request;
    }

    @Override
    public void write(OutputStream out) throws IOException {
        boolean containerSends = range.length() > WORTH_SENDING
                && Boolean.TRUE.equals(request.getProperty(TOMCAT + "support"))
                && !RequestProperties.answeredLater(request);
        Optional<Path> file = containerSends ? content.file() : Optional.empty();
        if (file.isPresent()) {
            request.setProperty(TOMCAT + "filename", file.get().toAbsolutePath().toString());
            request.setProperty(TOMCAT + "start", range.start());
            request.setProperty(TOMCAT + "end", range.start() + range.length());
            out.flush();
        } else {
            bytes.writeTo(out);
        }
    }
}
