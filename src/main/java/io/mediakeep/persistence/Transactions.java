package io.mediakeep.persistence;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.EntityTransaction;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Runs work in transactions. The work uses nothing but the database, so when the database requires a retry (a deadlock,
 * or two nodes inserting the same row) it is run again.
 */
public final class Transactions {
    private static final int MAX_ATTEMPTS = 5;

    private final EntityManagerFactory factory;
    private final ReopeningDataSource source;
    private final GroupCommit force;

    Transactions(EntityManagerFactory factory, ReopeningDataSource source, GroupCommit force) {
        this.factory = factory;
        this.source = source;
        this.force = force;
    }

    /**
     * Runs the work, commits, and returns the result.
     *
     * @throws DatabaseUnavailableException when the database is not available; whether the work was committed is
     *     unknown
     */
    public <T> T call(Function<EntityManager, T> work) {
        ConnectionPool used = source.pool();
        for (int tries = 1; ; tries++) {
            try {
                return once(work);
            } catch (RuntimeException failure) {
                if (tries == MAX_ATTEMPTS || !SqlFailures.isConflict(failure)) {
                    throw source.translated(used, failure);
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

    /** As {@link #call}; when this returns, what was committed also survives a power cut. */
    public <T> T callDurably(Function<EntityManager, T> work) {
        ConnectionPool used = source.pool();
        int failuresBefore = force.failures();
        T result = call(work);
        try {
            force.forceCommitted(failuresBefore);
        } catch (RuntimeException failure) {
            throw source.translated(used, failure);
        }
        source.requireNotLost(used);
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
            } catch (RuntimeException | Error failure) {
                rollBack(transaction, failure);
                throw failure;
            }
        }
    }

    /** Where the connection is lost that fails too, and what is to be known is the first failure. */
    private static void rollBack(EntityTransaction transaction, Throwable failure) {
        try {
            if (transaction.isActive()) {
                transaction.rollback();
            }
        } catch (RuntimeException second) {
            failure.addSuppressed(second);
        }
    }
}
