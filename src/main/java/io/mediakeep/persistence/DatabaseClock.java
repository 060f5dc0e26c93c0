package io.mediakeep.persistence;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clock of the database, which all nodes share, so that their times are comparable. It is queried on start and by
 * {@link #measure}; in between the elapsed time is added.
 */
public final class DatabaseClock extends Clock {
    private static final Logger log = LoggerFactory.getLogger(DatabaseClock.class);

    /** From this difference on an operator should correct the clock of the node. */
    private static final Duration MAX_DIFFERENCE = Duration.ofSeconds(2);

    private final Transactions transactions;
    private final Clock own;
    private final LongSupplier nanoTime;
    private volatile Measurement last;

    /**
     * Queries the database at once.
     *
     * @param own the clock of this node, only compared to that of the database
     * @param nanoTime as {@link System#nanoTime}
     */
    DatabaseClock(Transactions transactions, Clock own, LongSupplier nanoTime) {
        this.transactions = transactions;
        this.own = own;
        this.nanoTime = nanoTime;
        this.last = now();
        report(false);
    }

    /** The time of the database, halfway between request and response, which were {@code took} apart. */
    private record Measurement(Instant time, long nanos, Duration took, Duration ahead) {
        boolean notable() {
            return ahead.abs().compareTo(MAX_DIFFERENCE) > 0;
        }
    }

    /**
     * Queries the time of the database, and logs when the clock of this node begins or ends to differ by more than 2 s.
     * A response that takes longer, as when waiting for a connection, is too imprecise and not used.
     */
    public void measure() {
        boolean before = last.notable();
        Measurement measured = now();
        if (measured.took.compareTo(MAX_DIFFERENCE) <= 0) {
            last = measured;
            report(before);
        }
    }

    /** How far the clock of this node was ahead of the database's at the last query; negative if behind. */
    public Duration ahead() {
        return last.ahead;
    }

    private Measurement now() {
        long start = nanoTime.getAsLong();
        Instant time = transactions.call(
                entities -> (Instant) entities.createNativeQuery("select current_timestamp", Instant.class)
                        .getSingleResult());
        Duration took = Duration.ofNanos(nanoTime.getAsLong() - start);
        Duration half = took.dividedBy(2);
        return new Measurement(time, start + half.toNanos(), took, Duration.between(time.plus(half), own.instant()));
    }

    private void report(boolean before) {
        if (last.notable() && !before) {
            log.warn("The clock of this node differs from the database's by {}; synchronise it (NTP)", last.ahead);
        } else if (before && !last.notable()) {
            log.info("The clock of this node agrees with the database's again");
        }
    }

    @Override
    public Instant instant() {
        Measurement since = last;
        return since.time.plusNanos(nanoTime.getAsLong() - since.nanos);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("only UTC");
    }
}
