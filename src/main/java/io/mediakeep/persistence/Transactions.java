package io.mediakeep.persistence;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.EntityTransaction;
import java.sql.SQLException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs a block of work in one transaction. A block touches nothing but the database, so when the database asks for
 * another try (a deadlock, or two nodes adding the same row) it is simply run again.
 */
public final class Transactions {
    private static final int MOST_TRIES = 5;

    private final EntityManagerFactory factory;
    private final GroupForce force;

    Transactions(EntityManagerFactory factory, GroupForce force) {
        this.factory = factory;
        this.force = force;
    }

    /** Runs the work, commits, and answers what the work answered. */
    public <T> T call(Function<EntityManager, T> work) {
        for (int tries = 1; ; tries++) {
            try {
                return once(work);
            } catch (RuntimeException failure) {
                if (tries == MOST_TRIES || !worthAnotherTry(failure)) {
                    throw failure;
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
        int failuresBefore = force.failures();
        T result = call(work);
        force.whatIsCommitted(failuresBefore);
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

    /** SQL states of class 40 (rolled back for another's sake) and 23505 (the row came to be in the meantime). */
    private static boolean worthAnotherTry(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState().startsWith("40") || sql.getSQLState().equals("23505");
            }
        }
        return false;
    }
}
