package io.mediakeep.container.servlet;

import io.mediakeep.container.ResponseWriter;
import io.mediakeep.container.StallDetector;
import io.mediakeep.media.ByteSource;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The response to a request to a servlet container. */
final class ServletResponseWriter extends ResponseWriter {
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
        exchange.response().setBufferSize(ReadyChannel.PIECE_BYTES);
        begin(status, headers, contentLength);
        new ServletTransfer(source, exchange, this, stalls).begin();
    }

    private void begin(int status, Map<String, List<String>> headers, long contentLength) {
        HttpServletResponse response = exchange.response();
        response.setStatus(status);
        if (contentLength >= 0) {
            response.setContentLengthLong(contentLength);
        }
        headers.forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
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
