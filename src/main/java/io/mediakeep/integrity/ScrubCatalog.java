package io.mediakeep.integrity;

import io.mediakeep.persistence.Transactions;
import java.time.Clock;
import java.util.Optional;

/** The row that says how far the scrub has come. */
public final class ScrubCatalog {
    private final Transactions transactions;
    private final Clock clock;

    /** The catalog in a database, by the database's own clock. */
    public ScrubCatalog(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** How far it has come; a pass that begins now if there was none. */
    ScrubState state() {
        return transactions.call(entities -> Optional.ofNullable(entities.find(ScrubEntity.class, ScrubEntity.ID))
                .map(ScrubEntity::toState)
                .orElseGet(() -> {
                    ScrubState first = ScrubState.begun(clock.instant(), Optional.empty());
                    entities.persist(new ScrubEntity(first));
                    return first;
                }));
    }

    /** It has come so far. That may be lost with the power: some bytes are verified once more then. */
    void save(ScrubState state) {
        transactions.run(entities -> entities.merge(new ScrubEntity(state)));
    }
}
