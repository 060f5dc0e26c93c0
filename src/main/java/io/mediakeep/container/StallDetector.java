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

/** Ends transfers whose client neither reads nor sends for too long. One thread checks all of them. */
public final class StallDetector implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StallDetector.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final Set<Transfer> transfers = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "stall-detector");
        thread.setDaemon(true);
        return thread;
    });

    /** Checks once a second. */
    public StallDetector() {
        Future<?> unused =
                timer.scheduleWithFixedDelay(this::check, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Monitors a transfer until it is removed. Adding it again changes nothing. */
    public void add(Transfer transfer) {
        transfers.add(transfer);
    }

    /** Stops monitoring it. */
    public void remove(Transfer transfer) {
        transfers.remove(transfer);
    }

    /** The number of monitored transfers. */
    public int count() {
        return transfers.size();
    }

    private void check() {
        long now = System.nanoTime();
        transfers.stream().filter(transfer -> isStalled(transfer, now)).forEach(this::end);
    }

    private static boolean isStalled(Transfer transfer, long now) {
        long since = transfer.waitingSince();
        return since != Transfer.NOT_WAITING && now - since > transfer.maxWait().toNanos();
    }

    private void end(Transfer transfer) {
        transfers.remove(transfer);
        try {
            transfer.timeOut();
        } catch (RuntimeException | Error failure) { // the thread continues with the other transfers
            log.error("A stalled transfer could not be ended", failure);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
