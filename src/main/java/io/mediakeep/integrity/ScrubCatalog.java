package io.mediakeep.integrity;

import io.mediakeep.persistence.Transactions;
import java.time.Clock;
import java.util.Optional;

/** The row of the scrub's progress. */
public final class ScrubCatalog {
    private final Transactions transactions;
    private final Clock clock;

    /** The catalog in a database, by the database's own clock. */
    public ScrubCatalog(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** The progress; a pass that begins now if there was none. */
    ScrubState state() {
        return transactions.call(entities -> Optional.ofNullable(entities.find(ScrubEntity.class, ScrubEntity.ID))
                .map(ScrubEntity::toState)
                .orElseGet(() -> {
                    ScrubState first = ScrubState.started(clock.instant(), Optional.empty());
                    entities.persist(new ScrubEntity(first));
                    return first;
                }));
    }

    /** Stores the progress. It may be lost in a power cut: some blobs are verified again then. */
    void save(ScrubState state) {
        transactions.run(entities -> entities.merge(new ScrubEntity(state)));
    }
}
