package io.mediakeep.container.servlet;

import io.mediakeep.container.ResponseWriter;
import io.mediakeep.container.StallDetector;
import io.mediakeep.media.ByteSource;
import io.mediakeep.media.ByteSource.FileRegion;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The response to a request to a servlet container. */
final class ServletResponseWriter extends ResponseWriter {
    private static final String TOMCAT = "org.apache.tomcat.sendfile.";
    private static final int WORTH_SENDING_BYTES = 64 * 1024;

    private final ServletExchange exchange;
    private final ServletBody body;
    private final StallDetector stalls;

    ServletResponseWriter(ServletExchange exchange, ServletBody body, StallDetector stalls) {
        this.exchange = exchange;
        this.body = body;
        this.stalls = stalls;
    }

    @Override
    public boolean suspend(long timeOut, TimeUnit timeUnit, TimeoutHandler timeoutHandler) {
        exchange.startAsync();
        body.suspended();
        return true;
    }

    @Override
    protected void send(int status, Map<String, List<String>> headers, long contentLength, byte[] bytes)
            throws IOException {
        begin(status, headers, contentLength);
        exchange.response().getOutputStream().write(bytes);
        end();
    }

    @Override
    protected void send(int status, Map<String, List<String>> headers, long contentLength, ByteSource source)
            throws IOException {
        begin(status, headers, contentLength);
        Optional<FileRegion> region = exchange.isAsync() ? Optional.empty() : source.fileRegion();
        if (region.isPresent() && tomcatSends(region.get())) {
            end();
        } else {
            new ServletTransfer(source, exchange, this, stalls).begin();
        }
    }

    private void begin(int status, Map<String, List<String>> headers, long contentLength) {
        HttpServletResponse response = exchange.response();
        response.setStatus(status);
        if (contentLength >= 0) {
            response.setContentLengthLong(contentLength);
        }
        headers.forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
    }

    /** Tomcat can send a file by itself, without a thread, but only one that is known when its thread returns. */
    private boolean tomcatSends(FileRegion region) throws IOException {
        HttpServletRequest request = exchange.request();
        if (region.end() - region.start() <= WORTH_SENDING_BYTES
                || !Boolean.TRUE.equals(request.getAttribute(TOMCAT + "support"))) {
            return false;
        }
        request.setAttribute(TOMCAT + "filename", region.file().toAbsolutePath().toString());
        request.setAttribute(TOMCAT + "start", region.start());
        request.setAttribute(TOMCAT + "end", region.end());
        exchange.response().flushBuffer();
        return true;
    }

    /** The response is complete. */
    void end() {
        close();
        exchange.complete();
    }

    @Override
    protected void abort() {
        close();
        exchange.abort();
    }
}
