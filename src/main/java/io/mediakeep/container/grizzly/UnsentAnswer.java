package io.mediakeep.container.grizzly;

import io.mediakeep.container.StallDetector;
import io.mediakeep.container.Transfer;

/** The rest of an answer that has yet to leave before the next request of its connection is handled. */
final class UnsentAnswer implements Outlet.Waiter, Transfer {
    private final Outlet outlet;
    private final StallDetector stalls;
    private final Runnable next;
    private final long since = System.nanoTime();

    UnsentAnswer(Outlet outlet, StallDetector stalls, Runnable next) {
        this.outlet = outlet;
        this.stalls = stalls;
        this.next = next;
        stalls.add(this);
    }

    @Override
    public void run() {
        stalls.remove(this);
        try {
            next.run();
        } catch (RuntimeException | Error fault) { // nobody else would end the suspended request
            outlet.terminate();
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
    public void giveUp() {
        outlet.terminate();
    }
}
