package io.mediakeep.container.servlet;

import io.mediakeep.container.ResponseWriter;
import io.mediakeep.container.StallDetector;
import io.mediakeep.media.content.ByteSource;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The response to a request to a servlet container. */
final class ServletResponseWriter extends ResponseWriter {
    private final ServletExchange exchange;
    private final ServletBody body;
    private final StallDetector stalls;
    private final Semaphore unwantedBodies;

    /** @param unwantedBodies how many more bodies may be read only to be dropped */
    ServletResponseWriter(ServletExchange exchange, ServletBody body, StallDetector stalls, Semaphore unwantedBodies) {
        this.exchange = exchange;
        this.body = body;
        this.stalls = stalls;
        this.unwantedBodies = unwantedBodies;
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
        if (isBodyUnwanted()) {
            exchange.response().flushBuffer();
        }
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
    void end() throws IOException {
        close();
        if (!isBodyUnwanted()) {
            exchange.complete();
        } else if (unwantedBodies.tryAcquire()) {
            new UnwantedBody(exchange, stalls, unwantedBodies::release).begin(body);
        } else {
            exchange.abort();
        }
    }

    /** A client that waits for permission to send its body (RFC 9110, section 10.1.1) does not send it. */
    private boolean isBodyUnwanted() {
        HttpServletRequest request = exchange.request();
        return body.isUnfinished()
                && (body.isSubscribed() || request.getHeader("Expect") == null)
                && (request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null);
    }

    @Override
    protected void abort() {
        close();
        exchange.abort();
    }
}
