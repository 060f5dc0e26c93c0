package io.mediakeep.container.servlet;

import io.mediakeep.api.response.ArraySource;
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
    private final Semaphore discardedBodies;
    private final CloseLimit closes;

    /** @param discardedBodies permits for bodies that are read and discarded */
    ServletResponseWriter(
            ServletExchange exchange,
            ServletBody body,
            StallDetector stalls,
            Semaphore discardedBodies,
            CloseLimit closes) {
        this.exchange = exchange;
        this.body = body;
        this.stalls = stalls;
        this.discardedBodies = discardedBodies;
        this.closes = closes;
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
        if (exchange.isErrorDispatch()) {
            exchange.response().setHeader("Connection", "close"); // nothing follows that could fill the socket
            begin(status, headers, contentLength);
            exchange.response().getOutputStream().write(bytes);
            end();
        } else {
            send(status, headers, contentLength, new ArraySource(bytes));
        }
    }

    @Override
    protected void send(int status, Map<String, List<String>> headers, long contentLength, ByteSource source)
            throws IOException {
        exchange.response().setBufferSize(ServletOutputChannel.PIECE_BYTES);
        begin(status, headers, contentLength);
        new ServletTransfer(source, exchange, this, stalls, closes).begin();
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
        close(true);
        if (!mustDiscardBody()) {
            exchange.complete();
        } else if (discardedBodies.tryAcquire()) {
            new DiscardedBody(exchange, stalls, discardedBodies::release).begin(body);
        } else {
            exchange.abort();
        }
    }

    /** A client that waits for 100 (Continue) does not send its body (RFC 9110, section 10.1.1). */
    private boolean mustDiscardBody() {
        HttpServletRequest request = exchange.request();
        return body.isUnfinished()
                && (body.isSubscribed() || request.getHeader("Expect") == null)
                && (request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null);
    }

    @Override
    protected void abort() {
        close(false);
        exchange.abort();
    }
}
