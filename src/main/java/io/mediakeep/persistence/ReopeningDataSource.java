package io.mediakeep.persistence;

import io.mediakeep.storage.DatabaseUnavailableException;
import io.mediakeep.storage.StorageFailure;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The connections to a database that may be lost. It is opened again by a separate thread, one attempt at a time; until
 * that succeeds requests for a connection fail at once.
 */
final class ReopeningDataSource implements DataSource, AutoCloseable {
    private static final org.slf4j.Logger log = LoggerFactory.getLogger(ReopeningDataSource.class);

    /** How long a caller waits for a connection while the database is available. */
    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(30);

    /** The pauses between attempts start with this and double, up to the maximum. */
    private static final long INITIAL_PAUSE_MILLIS = 50, MAX_PAUSE_MILLIS = 250;

    /** How long closing waits for an attempt in progress. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    /** Opens the database for the n-th time. */
    interface Opener {
        ConnectionPool open(int opening) throws SQLException;
    }

    private final Opener opener;
    private volatile Runnable reopened = () -> {};
    private volatile ConnectionPool pool;
    private volatile DatabaseState state = DatabaseState.AVAILABLE;
    private final CountDownLatch closing = new CountDownLatch(1);
    private @Nullable Thread recovery;
    private int openings = 1;

    /**
     * A database that has been opened once.
     *
     * @param first the result of {@code opener}
     */
    ReopeningDataSource(Opener opener, ConnectionPool first) {
        this.opener = opener;
        this.pool = first;
    }

    /** Runs an action each time after the database was opened again. */
    void whenReopened(Runnable action) {
        reopened = action;
    }

    /** Whether the database is available. */
    DatabaseState state() {
        return state;
    }

    /** The current pool. */
    ConnectionPool pool() {
        return pool;
    }

    @Override
    public Connection getConnection() throws SQLException {
        long end = System.nanoTime() + CONNECTION_TIMEOUT.toNanos();
        while (true) {
            if (!state.available()) {
                throw new SQLTransientConnectionException("the database is not available", "08001");
            }
            ConnectionPool current = pool;
            try {
                return current.connection();
            } catch (SQLTransientConnectionException none) {
                examine(current, none);
                if (current.isLost(none) || System.nanoTime() > end) {
                    throw none;
                }
            }
        }
    }

    /**
     * The exception to throw for a failure, whose reason may be the database, which is opened again then.
     *
     * @param used the pool when the work that failed began
     */
    RuntimeException translated(ConnectionPool used, RuntimeException failure) {
        examine(used, failure);
        return used.isLost(failure) || SqlFailures.isConnectionMissing(failure)
                ? new DatabaseUnavailableException(failure)
                : failure;
    }

    /** Begins to open the database again if a failure indicates that it is lost. */
    void examine(ConnectionPool used, Throwable failure) {
        if (used.isLost(failure)) {
            recover(used, failure);
        }
    }

    /**
     * To be called when what was committed on a pool should have been forced.
     *
     * @throws DatabaseUnavailableException when the database was lost meanwhile: what was forced is what it was opened
     *     again with
     */
    void requireNotLost(ConnectionPool used) {
        if (used.isKnownLost()) {
            throw new DatabaseUnavailableException("the database was lost before what was committed was forced");
        }
    }

    private synchronized void recover(ConnectionPool lost, Throwable failure) {
        if (lost != pool || recovery != null || isClosed()) {
            return;
        }
        if (lost.isKnownLost()) {
            markUnavailable(failure);
        }
        recovery = new Thread(() -> reopen(lost), "database-recovery");
        recovery.setDaemon(true);
        recovery.start();
    }

    private void reopen(ConnectionPool lost) {
        lost.abandon();
        long pause = INITIAL_PAUSE_MILLIS;
        boolean over = false;
        while (!over) {
            try {
                over = replace(lost, opener.open(openings));
            } catch (SQLException | RuntimeException failure) {
                markUnavailable(failure);
                over = !pause(pause);
                pause = Math.min(2 * pause, MAX_PAUSE_MILLIS);
            }
        }
    }

    private boolean replace(ConnectionPool lost, ConnectionPool fresh) {
        DatabaseState before;
        synchronized (this) {
            if (isClosed()) {
                fresh.close();
                return true;
            }
            before = state;
            openings++;
            pool = fresh;
            state = DatabaseState.AVAILABLE;
            recovery = null;
        }
        lost.retire();
        before.unavailableSince()
                .ifPresent(since -> log.info(
                        "The database is available again after {} s",
                        Duration.between(since, Instant.now()).toSeconds()));
        reopened.run();
        return true;
    }

    private synchronized void markUnavailable(Throwable failure) {
        if (state.available() && !isClosed()) {
            String reason = StorageFailure.reason(failure);
            state = new DatabaseState(Optional.of(Instant.now()), reason);
            log.warn("The database is not available; it is reopened as soon as possible: {}", reason);
        }
    }

    /** False when the source is closed. */
    private boolean pause(long millis) {
        try {
            return !closing.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException unexpected) {
            return false;
        }
    }

    private boolean isClosed() {
        return closing.getCount() == 0;
    }

    /** Waits for a limited time for an attempt in progress; it is not interrupted, which would close files. */
    @Override
    public void close() {
        closing.countDown();
        try {
            @Nullable Thread running = running();
            if (running != null) {
                running.join(CLOSE_TIMEOUT.toMillis());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        pool.close();
    }

    private synchronized @Nullable Thread running() {
        return recovery;
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public int getLoginTimeout() {
        return (int) CONNECTION_TIMEOUT.toSeconds();
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("wraps nothing");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
