package io.mediakeep.admin.search;

import io.mediakeep.matrix.MatrixException;
import io.mediakeep.persistence.Transactions;
import jakarta.persistence.EntityManager;
import jakarta.persistence.QueryTimeoutException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Runs queries that may read many rows: few at once, so that connections remain for users, and each for a limited time. */
public final class BoundedQueryCatalog {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int MAX_CONCURRENT = 3;
    private static final Duration MAX_WAIT = Duration.ofSeconds(10);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(30);
    private static final String TIMEOUT_PROPERTY = "jakarta.persistence.query.timeout";

    private final Transactions transactions;
    private final Duration timeout;
    private final Semaphore permits = new Semaphore(MAX_CONCURRENT);

    /** Queries of a database. */
    public BoundedQueryCatalog(Transactions transactions) {
        this(transactions, TIMEOUT);
    }

    /** @param timeout of a query, in whole seconds */
    BoundedQueryCatalog(Transactions transactions, Duration timeout) {
        this.transactions = transactions;
        this.timeout = timeout;
    }

    /**
     * Runs queries in a transaction; each of them ends after 30 s.
     *
     * @throws MatrixException 503 when one of them took longer, or three others have been running for 10 s
     */
    <T> T call(Function<EntityManager, T> queries) {
        acquire();
        try {
            return transactions.call(entities -> {
                entities.setProperty(TIMEOUT_PROPERTY, (int) timeout.toMillis());
                return queries.apply(entities);
            });
        } catch (QueryTimeoutException tooSlow) {
            throw MatrixException.unavailable("The query took too long; use more restrictive parameters", RETRY_AFTER);
        } finally {
            permits.release();
        }
    }

    private void acquire() {
        try {
            if (permits.tryAcquire(MAX_WAIT.toSeconds(), TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        throw MatrixException.unavailable("Too many queries of administrators are running", RETRY_AFTER);
    }
}
