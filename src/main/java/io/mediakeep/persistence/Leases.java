package io.mediakeep.persistence;

import jakarta.persistence.LockModeType;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

/** Work that only one of the nodes that share a database may do at a time. */
public final class Leases {
    private final Transactions transactions;
    private final Clock clock;
    private final String holder = UUID.randomUUID().toString();

    /** The leases of the nodes that share a database. */
    public Leases(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Work that may fail at the disk. */
    @FunctionalInterface
    public interface Work {
        /** Does it. */
        void run() throws IOException;
    }

    /**
     * Does the work, unless another node is at it.
     *
     * @param longest how long the work can take; after that another node may begin
     */
    public void whileHolding(String name, Duration longest, Work work) throws IOException {
        if (take(name, longest)) {
            try {
                work.run();
            } finally {
                giveBack(name);
            }
        }
    }

    private boolean take(String name, Duration longest) {
        return transactions.call(entities -> {
            LeaseEntity row = entities.find(LeaseEntity.class, name, LockModeType.PESSIMISTIC_WRITE);
            if (row == null) {
                row = new LeaseEntity(name);
                entities.persist(row);
            }
            return row.take(holder, clock.instant(), longest);
        });
    }

    private void giveBack(String name) {
        transactions.run(entities -> {
            LeaseEntity row = entities.find(LeaseEntity.class, name, LockModeType.PESSIMISTIC_WRITE);
            if (row != null) {
                row.giveBack(holder);
            }
        });
    }
}
