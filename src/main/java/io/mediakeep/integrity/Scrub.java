package io.mediakeep.integrity;

import io.mediakeep.blob.BlobVerification.Outcome;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.media.blob.BlobIntegrityCatalog;
import io.mediakeep.media.blob.Blobs;
import io.mediakeep.media.blob.StoredBlob;
import io.mediakeep.persistence.shared.Leases;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies the hashes of all stored blobs once in a period, in the order of the hashes. Hashes are evenly distributed,
 * so a hash determines when in the period its blob is due, and nothing is read before that. One node works at a time,
 * in short runs with long pauses, and in shorter runs while requests read, too.
 */
public final class Scrub {
    private static final Logger log = LoggerFactory.getLogger(Scrub.class);

    /** A twentieth of the pause between two runs. */
    private static final Duration MAX_RUN = Duration.ofMillis(500);

    private static final Duration MAX_PAUSE = MAX_RUN.multipliedBy(20);
    private static final Duration MAX_RUN_BESIDE_REQUESTS = Duration.ofMillis(50);
    private static final Duration LEASE = Duration.ofMinutes(5);

    /** The maximum time for which a node does not check the clock and the progress of others. */
    private static final Duration MAX_IDLE = Duration.ofHours(1);

    /** How many rows are read at once. */
    private static final int PAGE = 100;

    private final Duration period;
    private final Blobs blobs;
    private final BlobIntegrityCatalog integrity;
    private final ScrubCatalog catalog;
    private final Leases leases;
    private final Clock clock;
    private final ContinuedVerification verification;
    private Instant nextDue = Instant.MIN;
    private volatile @Nullable ScrubState state;

    /**
     * The scrub of these blobs.
     *
     * @param period in which all are verified once, positive
     * @param clock the database's, which all nodes share
     */
    public Scrub(
            Duration period,
            Blobs blobs,
            BlobIntegrityCatalog integrity,
            ScrubCatalog catalog,
            Leases leases,
            Clock clock) {
        this.period = period;
        this.blobs = blobs;
        this.integrity = integrity;
        this.catalog = catalog;
        this.leases = leases;
        this.clock = clock;
        this.verification = new ContinuedVerification(blobs);
    }

    /** The pause between two runs. */
    public Duration pause() {
        return period.compareTo(MAX_PAUSE) < 0 ? period : MAX_PAUSE;
    }

    /** The progress when this node last worked on it. */
    public Optional<ScrubState> state() {
        return Optional.ofNullable(state);
    }

    /** Verifies what is due, for half a second at most, unless another node holds the lease. */
    public void run() throws IOException {
        if (!clock.instant().isBefore(nextDue)) {
            leases.whileHolding("scrub", LEASE, this::work);
        }
    }

    private void work() {
        ScrubState before = catalog.state();
        ScrubState after =
                before.beganAt().isAfter(clock.instant()) ? started(before) : before; // the clock was set back
        try {
            long start = System.nanoTime();
            boolean more = true;
            while (more) {
                ScrubState reached = page(after, start);
                more = !reached.position().equals(after.position()) && mayContinue(start);
                after = reached;
            }
        } catch (MatrixException unavailable) {
            log.debug("The scrub waits: {}", unavailable.sentence());
        }
        if (!after.equals(before)) {
            catalog.save(after);
        }
        state = after;
    }

    private boolean mayContinue(long start) {
        boolean requests = blobs.reader().usedWithin(MAX_PAUSE.dividedBy(10));
        Duration maxDuration = requests ? MAX_RUN_BESIDE_REQUESTS : MAX_RUN;
        return System.nanoTime() - start < maxDuration.toNanos();
    }

    /** The same state when nothing more is to be done in this run. */
    private ScrubState page(ScrubState from, long start) {
        List<StoredBlob> page = integrity.after(from.position(), PAGE);
        if (page.isEmpty()) {
            return end(from);
        }
        ScrubState reached = from;
        for (StoredBlob blob : page) {
            if (!isDue(from.beganAt().plus(partOfPeriod(blob))) || !mayContinue(start)) {
                return reached;
            }
            Optional<ScrubState> next = verify(blob, reached, start);
            if (next.isEmpty()) {
                return reached;
            }
            reached = next.get();
        }
        return reached;
    }

    /** By the first 32 bits of the hash. */
    private Duration partOfPeriod(StoredBlob blob) {
        long hash = Long.parseLong(blob.location().id().sha256().substring(0, 8), 16);
        return Duration.ofMillis((long) (period.toMillis() * (hash / 0x1p32)));
    }

    private boolean isDue(Instant due) {
        Instant now = clock.instant();
        nextDue = due.isBefore(now.plus(MAX_IDLE)) ? due : now.plus(MAX_IDLE);
        return !now.isBefore(due);
    }

    private ScrubState started(ScrubState before) {
        return ScrubState.started(clock.instant(), before.lastEndedAt());
    }

    /** The state after the blob; empty when the time is up before it is read completely. */
    private Optional<ScrubState> verify(StoredBlob blob, ScrubState before, long start) {
        String hash = blob.location().id().sha256();
        if (!blob.settled()) {
            return Optional.of(before.passed(hash));
        }
        try {
            Outcome outcome = verification.proceed(blob, () -> mayContinue(start));
            if (outcome == Outcome.UNFINISHED) {
                return Optional.empty();
            }
            return Optional.of(before.verified(hash, blob.size(), isDamaged(blob, outcome)));
        } catch (IOException failure) {
            log.warn("The scrub could not read the blob {}: {}", blob.location(), failure.getMessage());
            return Optional.of(before.passed(hash));
        }
    }

    private boolean isDamaged(StoredBlob blob, Outcome outcome) {
        if (outcome == Outcome.DAMAGED) {
            return blobs.damage().recordDamaged(blob.location(), blob.size()) || blob.damaged();
        }
        if (blob.damaged()) {
            blobs.damage().recordIntact(blob.location());
        }
        return false;
    }

    /** When the period is over, the next pass begins. */
    private ScrubState end(ScrubState pass) {
        if (!isDue(pass.beganAt().plus(period))) {
            return pass;
        }
        Instant now = clock.instant();
        if (pass.blobs() > 0) {
            log.info(
                    "The scrub verified {} blobs, {} bytes; {} of them are lost or damaged",
                    pass.blobs(),
                    pass.bytes(),
                    pass.damaged());
        }
        nextDue = now;
        return ScrubState.started(now, Optional.of(now));
    }
}
