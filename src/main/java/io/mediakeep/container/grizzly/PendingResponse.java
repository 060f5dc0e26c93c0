package io.mediakeep.container.grizzly;

import io.mediakeep.container.StallDetector;
import io.mediakeep.container.Transfer;

/** The rest of a response that must be sent before the next request of its connection is handled. */
final class PendingResponse implements ConnectionOutput.Callback, Transfer {
    private final ConnectionOutput output;
    private final StallDetector stalls;
    private final Runnable next;
    private final long since = System.nanoTime();

    PendingResponse(ConnectionOutput output, StallDetector stalls, Runnable next) {
        this.output = output;
        this.stalls = stalls;
        this.next = next;
        stalls.add(this);
    }

    @Override
    public void run() {
        stalls.remove(this);
        try {
            next.run();
        } catch (RuntimeException | Error fault) { // otherwise the suspended request would never end
            output.terminate();
            throw fault;
        }
    }

    @Override
    public void failed() {
        stalls.remove(this);
    }

    @Override
    public long waitingSince() {
        return since;
    }

    @Override
    public void timeOut() {
        output.terminate();
    }
}
