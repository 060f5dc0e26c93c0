package io.mediakeep.persistence;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.EntityTransaction;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Runs a block of work in one transaction. A block touches nothing but the database, so when the database asks for
 * another try (a deadlock, or two nodes adding the same row) it is simply run again.
 */
public final class Transactions {
    private static final int MOST_TRIES = 5;

    private final EntityManagerFactory factory;
    private final ReopeningDataSource source;
    private final GroupForce force;

    Transactions(EntityManagerFactory factory, ReopeningDataSource source, GroupForce force) {
        this.factory = factory;
        this.source = source;
        this.force = force;
    }

    /**
     * Runs the work, commits, and answers what the work answered.
     *
     * @throws io.mediakeep.storage.DatabaseUnavailableException when the database cannot be used at present; whether the
     *     work was committed is not known
     */
    public <T> T call(Function<EntityManager, T> work) {
        ConnectionPool used = source.pool();
        for (int tries = 1; ; tries++) {
            try {
                return once(work);
            } catch (RuntimeException failure) {
                if (tries == MOST_TRIES || !SqlFailures.isConflict(failure)) {
                    throw source.examined(used, failure);
                }
            }
        }
    }

    /** Runs the work and commits. */
    public void run(Consumer<EntityManager> work) {
        call(entities -> {
            work.accept(entities);
            return true;
        });
    }

    /** As {@link #call}; when this returns, what was committed also survives a loss of power. */
    public <T> T callDurably(Function<EntityManager, T> work) {
        ConnectionPool used = source.pool();
        int failuresBefore = force.failures();
        T result = call(work);
        try {
            force.whatIsCommitted(failuresBefore);
        } catch (RuntimeException failure) {
            throw source.examined(used, failure);
        }
        source.requireStill(used);
        return result;
    }

    private <T> T once(Function<EntityManager, T> work) {
        try (EntityManager entities = factory.createEntityManager()) {
            EntityTransaction transaction = entities.getTransaction();
            transaction.begin();
            try {
                T result = work.apply(entities);
                transaction.commit();
                return result;
            } finally {
                if (transaction.isActive()) {
                    transaction.rollback();
                }
            }
        }
    }
}
