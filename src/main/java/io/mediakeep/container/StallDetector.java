package io.mediakeep.container;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives up the transfers whose client neither reads nor sends for too long. One thread looks at all of them. */
public final class StallDetector implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StallDetector.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final Set<Transfer> transfers = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "stall-detector");
        thread.setDaemon(true);
        return thread;
    });

    /** Looks once a second. */
    public StallDetector() {
        Future<?> unused =
                timer.scheduleWithFixedDelay(this::look, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Watches a transfer until it is removed. Adding it again changes nothing. */
    public void add(Transfer transfer) {
        transfers.add(transfer);
    }

    /** Watches it no more. */
    public void remove(Transfer transfer) {
        transfers.remove(transfer);
    }

    /** The number of transfers that are watched. */
    public int count() {
        return transfers.size();
    }

    private void look() {
        long now = System.nanoTime();
        transfers.stream().filter(transfer -> isStalled(transfer, now)).forEach(this::end);
    }

    private static boolean isStalled(Transfer transfer, long now) {
        long since = transfer.waitingSince();
        return since != Transfer.NOT_WAITING
                && now - since > transfer.longestWait().toNanos();
    }

    private void end(Transfer transfer) {
        transfers.remove(transfer);
        try {
            transfer.giveUp();
        } catch (RuntimeException | Error failure) { // the thread goes on: the other transfers depend on it
            log.error("A stalled transfer could not be ended", failure);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
