package io.mediakeep.app.command;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** SIGINT or SIGTERM, at which a command ends what it does. The JVM exits when it is closed, or after ten seconds. */
final class StopSignal implements AutoCloseable {
    private static final Duration MAX_WAIT = Duration.ofSeconds(10);

    private final CountDownLatch received = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    private StopSignal() {}

    /** Reacts to signals from now on. */
    static StopSignal install() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(new Thread(signal::receive, "stop-signal"));
        return signal;
    }

    /** What happens at a signal: returns when this is closed. */
    void receive() {
        received.countDown();
        await(ended, MAX_WAIT);
    }

    /** Waits for the signal; returns whether it was received. */
    boolean await(Duration max) {
        return await(received, max);
    }

    private static boolean await(CountDownLatch latch, Duration max) {
        try {
            return latch.await(max.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        ended.countDown();
    }
}
