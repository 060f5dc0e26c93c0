package io.mediakeep.persistence.shared;

import io.mediakeep.persistence.Transactions;
import jakarta.persistence.LockModeType;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

/** Leases on work that only one of the nodes sharing a database may do at a time. */
public final class Leases {
    private final Transactions transactions;
    private final Clock clock;
    private final String holder = UUID.randomUUID().toString();

    /** The leases of the nodes that share a database. */
    public Leases(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Work that may fail with an {@link IOException}. */
    @FunctionalInterface
    public interface Work {
        /** Does the work. */
        void run() throws IOException;
    }

    /**
     * Runs the work, unless another node holds the lease.
     *
     * @param maxDuration of the work; after that another node may begin
     */
    public void whileHolding(String name, Duration maxDuration, Work work) throws IOException {
        if (acquire(name, maxDuration)) {
            try {
                work.run();
            } finally {
                release(name);
            }
        }
    }

    private boolean acquire(String name, Duration maxDuration) {
        return transactions.call(entities -> {
            LeaseEntity row = entities.find(LeaseEntity.class, name, LockModeType.PESSIMISTIC_WRITE);
            if (row == null) {
                row = new LeaseEntity(name);
                entities.persist(row);
            }
            return row.acquire(holder, clock.instant(), maxDuration);
        });
    }

    private void release(String name) {
        transactions.run(entities -> {
            LeaseEntity row = entities.find(LeaseEntity.class, name, LockModeType.PESSIMISTIC_WRITE);
            if (row != null) {
                row.release(holder);
            }
        });
    }
}
