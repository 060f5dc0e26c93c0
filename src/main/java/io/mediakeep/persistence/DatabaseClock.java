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
 * The clock of the database, which all nodes share, so that times that one node writes mean the same to another. It is
 * asked at the start and then by {@link #measure}; in between the time that passed since is added.
 */
public final class DatabaseClock extends Clock {
    private static final Logger log = LoggerFactory.getLogger(DatabaseClock.class);

    /** From this distance on an operator should know that a node's own clock is wrong. */
    private static final Duration NOTABLE = Duration.ofSeconds(2);

    private final Transactions transactions;
    private final Clock own;
    private final LongSupplier nanoTime;
    private volatile Measurement last;

    /**
     * Asks the database at once.
     *
     * @param own the clock of this node, which is compared to that of the database and otherwise not gone by
     * @param nanoTime as {@link System#nanoTime}
     */
    DatabaseClock(Transactions transactions, Clock own, LongSupplier nanoTime) {
        this.transactions = transactions;
        this.own = own;
        this.nanoTime = nanoTime;
        this.last = now();
        report(false);
    }

    /** What the database said, halfway between question and answer, which were {@code took} apart. */
    private record Measurement(Instant time, long nanos, Duration took, Duration ahead) {
        boolean notable() {
            return ahead.abs().compareTo(NOTABLE) > 0;
        }
    }

    /**
     * Asks the database for its time, and logs when the clock of this node begins or ends to differ by more than 2 s. An
     * answer that takes longer than that, as where a connection is waited for, says too little and is not used.
     */
    public void measure() {
        boolean before = last.notable();
        Measurement measured = now();
        if (measured.took.compareTo(NOTABLE) <= 0) {
            last = measured;
            report(before);
        }
    }

    /** How far the clock of this node was ahead of the database's when that was last asked; negative if behind. */
    public Duration ahead() {
        return last.ahead;
    }

    private Measurement now() {
        long asked = nanoTime.getAsLong();
        Instant time = transactions.call(
                entities -> (Instant) entities.createNativeQuery("select current_timestamp", Instant.class)
                        .getSingleResult());
        Duration took = Duration.ofNanos(nanoTime.getAsLong() - asked);
        Duration half = took.dividedBy(2);
        return new Measurement(time, asked + half.toNanos(), took, Duration.between(time.plus(half), own.instant()));
    }

    private void report(boolean before) {
        if (last.notable() && !before) {
            log.warn("The clock of this node differs from the database's by {}; set it right", last.ahead);
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
