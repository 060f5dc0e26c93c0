package io.mediakeep.container.grizzly;

import io.mediakeep.container.RequestBody;
import io.mediakeep.container.StallDetector;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.ReadHandler;
import org.glassfish.grizzly.http.io.InputBuffer;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.http.util.HttpStatus;
import org.glassfish.grizzly.memory.ByteBufferArray;

/**
 * The body of a request to the embedded server. Received bytes are passed on at once, on the thread that received them.
 */
final class GrizzlyBody extends RequestBody implements ReadHandler, ConnectionOutput.Callback {
    private final Request request;
    private final Response response;
    private final ConnectionOutput output;
    private boolean suspended;
    private boolean acknowledged;

    GrizzlyBody(Request request, Response response, ConnectionOutput output, StallDetector stalls) {
        super(stalls);
        this.request = request;
        this.response = response;
        this.output = output;
    }

    /** Demand is unlimited: each piece is consumed before the next is read. */
    @Override
    public void request(long count) {
        read();
    }

    /** The request is suspended: from now on the rest of the body may be received on other threads. */
    void suspended() {
        suspended = true;
        if (isActive()) {
            read();
        }
    }

    /**
     * The last piece is left to {@link #onAllDataRead}, which Grizzly calls right afterwards: until then it uses the
     * input buffer, which belongs to another request as soon as this one is complete.
     */
    @Override
    public void onDataAvailable() {
        if (isActive() && request.getRequest().isExpectContent() && beginReading()) {
            read();
        }
    }

    @Override
    public void onAllDataRead() {
        if (beginReading()) {
            read();
        }
    }

    @Override
    public void onError(Throwable failure) {
        fail();
    }

    private void read() {
        InputBuffer input = request.getInputBuffer();
        while (isActive()) {
            if (input.readyData() > 0) {
                handOver(input.readBuffer());
            } else if (input.isFinished() || !request.getRequest().isExpectContent()) {
                complete();
            } else {
                awaitMore(input);
                return;
            }
        }
    }

    private void awaitMore(InputBuffer input) {
        if (suspended && acknowledge()) {
            await();
            input.notifyAvailable(this);
        }
    }

    /** The response to {@code Expect: 100-continue} is sent when the body is read (RFC 9110, section 10.1.1). */
    private boolean acknowledge() {
        if (acknowledged || !request.requiresAcknowledgement()) {
            return true;
        }
        acknowledged = true;
        try {
            response.setStatus(HttpStatus.CONINTUE_100);
            response.sendAcknowledgement();
            response.setStatus(HttpStatus.OK_200);
            return true;
        } catch (IOException disconnected) {
            fail();
            return false;
        }
    }

    private void handOver(Buffer buffer) {
        ByteBufferArray pieces = buffer.toByteBufferArray();
        try {
            ByteBuffer[] array = pieces.getArray();
            for (int piece = 0; piece < pieces.size() && isActive(); piece++) {
                next(array[piece]);
            }
        } finally {
            pieces.restore();
            pieces.recycle();
            buffer.tryDispose();
        }
    }

    @Override
    public void timeOut() {
        output.run(this);
    }

    @Override
    public void run() {
        rejectAsTooSlow();
    }

    @Override
    public void failed() {
        rejectAsTooSlow();
    }
}
