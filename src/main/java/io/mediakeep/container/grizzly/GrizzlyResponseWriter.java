package io.mediakeep.container.grizzly;

import io.mediakeep.container.ChunkedSource;
import io.mediakeep.container.ResponseWriter;
import io.mediakeep.container.StallDetector;
import io.mediakeep.media.content.ByteSource;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.http.server.Response;

/** The response to a request to the embedded server. */
final class GrizzlyResponseWriter extends ResponseWriter {
    private final Response response;
    private final GrizzlyBody body;
    private final ConnectionOutput output;
    private final StallDetector stalls;
    private boolean suspended;

    GrizzlyResponseWriter(Response response, GrizzlyBody body, ConnectionOutput output, StallDetector stalls) {
        this.response = response;
        this.body = body;
        this.output = output;
        this.stalls = stalls;
        this.suspended = response.isSuspended();
    }

    @Override
    public boolean suspend(long timeOut, TimeUnit timeUnit, TimeoutHandler timeoutHandler) {
        suspend();
        body.suspended();
        return true;
    }

    /** From now on other threads may complete the response. */
    void suspend() {
        if (!suspended) {
            suspended = true;
            response.suspend();
        }
    }

    @Override
    protected void send(int status, Map<String, List<String>> headers, long contentLength, byte[] bytes)
            throws IOException {
        begin(status, headers, contentLength);
        response.getOutputBuffer().write(bytes);
        end();
    }

    @Override
    protected void send(int status, Map<String, List<String>> headers, long contentLength, ByteSource source)
            throws IOException {
        begin(status, headers, contentLength);
        response.flush();
        ByteSource framed = response.getResponse().isChunked() ? new ChunkedSource(source) : source;
        new SocketTransfer(framed, output, this, stalls).begin();
    }

    private void begin(int status, Map<String, List<String>> headers, long contentLength) {
        response.setStatus(status);
        if (contentLength >= 0) {
            response.setContentLengthLong(contentLength);
        }
        headers.forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
    }

    /** The response is complete. */
    void end() {
        close(true);
        if (response.isSuspended()) { // not after the client has closed the connection
            response.resume();
        }
    }

    @Override
    protected void abort() {
        close(false);
        output.terminate();
    }
}
