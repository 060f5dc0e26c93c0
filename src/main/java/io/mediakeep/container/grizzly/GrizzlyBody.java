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

/** The body of a request to the embedded server. What has come is handed over at once, on the thread that brings it. */
final class GrizzlyBody extends RequestBody implements ReadHandler, Outlet.Waiter {
    private final Request request;
    private final Response response;
    private final Outlet outlet;
    private boolean suspended;
    private boolean acknowledged;

    GrizzlyBody(Request request, Response response, Outlet outlet, StallDetector stalls) {
        super(stalls);
        this.request = request;
        this.response = response;
        this.outlet = outlet;
    }

    /** All of it is asked for, since each piece is taken before the next is read. */
    @Override
    public void request(long count) {
        read();
    }

    /** The request is suspended: from now on the rest of the body may come on other threads. */
    void suspended() {
        suspended = true;
        if (isWanted()) {
            read();
        }
    }

    /**
     * The last piece is left to {@link #onAllDataRead}, which Grizzly calls right afterwards: until then it uses the input
     * buffer, which belongs to another request as soon as this one is answered.
     */
    @Override
    public void onDataAvailable() {
        if (isWanted() && request.getRequest().isExpectContent() && beginReading()) {
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
        breakOff();
    }

    private void read() {
        InputBuffer input = request.getInputBuffer();
        while (isWanted()) {
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

    /** {@code Expect: 100-continue} is answered when the body is really wanted (RFC 9110, section 10.1.1). */
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
        } catch (IOException gone) {
            breakOff();
            return false;
        }
    }

    private void handOver(Buffer buffer) {
        ByteBufferArray pieces = buffer.toByteBufferArray();
        try {
            ByteBuffer[] array = pieces.getArray();
            for (int piece = 0; piece < pieces.size() && isWanted(); piece++) {
                next(array[piece]);
            }
        } finally {
            pieces.restore();
            pieces.recycle();
            buffer.tryDispose();
        }
    }

    @Override
    public void giveUp() {
        outlet.run(this);
    }

    @Override
    public void run() {
        refuseAsTooSlow();
    }

    @Override
    public void failed() {
        refuseAsTooSlow();
    }
}
