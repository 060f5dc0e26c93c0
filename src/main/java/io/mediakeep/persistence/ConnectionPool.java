package io.mediakeep.persistence;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The connections to the database from when it was opened until it is lost; this class for PostgreSQL. */
class ConnectionPool implements AutoCloseable {
    /**
     * How long {@link #connection} waits. Callers that can wait longer call again, and check meanwhile whether the
     * database is lost.
     */
    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(1);

    /** Transactions on a retired pool have ended by then. */
    private static final Duration RETIREMENT = Duration.ofSeconds(30);

    private final HikariDataSource connections;

    ConnectionPool(HikariDataSource connections) {
        this.connections = connections;
    }

    /**
     * Opens the database.
     *
     * @param opening how often it has been opened
     * @throws SQLException of the driver
     */
    static ConnectionPool open(DatabaseSettings settings, int opening) throws SQLException {
        if (!settings.postgresql()) {
            return H2ConnectionPool.open(settings, opening);
        }
        PostgresConnections.open(settings, "mediakeep").close(); // Hikari pauses for a second after a failure
        return new ConnectionPool(pool(settings, "org.postgresql.Driver", settings.url()));
    }

    static HikariDataSource pool(DatabaseSettings settings, String driver, String url) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("database");
        config.setDriverClassName(driver);
        config.setJdbcUrl(url);
        settings.username().ifPresent(config::setUsername);
        settings.password().ifPresent(config::setPassword);
        config.setMaximumPoolSize(settings.maxConnections());
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
        config.setAutoCommit(false);
        return new HikariDataSource(config);
    }

    /**
     * A connection, waiting for a second at most.
     *
     * @throws java.sql.SQLTransientConnectionException when none became free
     */
    Connection connection() throws SQLException {
        return connections.getConnection();
    }

    Database.Connections counts() {
        HikariPoolMXBean pool = connections.getHikariPoolMXBean();
        return new Database.Connections(
                pool.getActiveConnections(), pool.getIdleConnections(), pool.getThreadsAwaitingConnection());
    }

    /** Whether a failure, or other information, indicates that the database is lost for this pool. */
    boolean isLost(Throwable failure) {
        return SqlFailures.isConnectionLost(failure);
    }

    /** Whether {@link #isLost} is certain, and not an assumption after a single closed connection. */
    boolean isKnownLost() {
        return false;
    }

    /** Forces everything committed to stable storage. PostgreSQL does so on each commit. */
    void checkpoint() {
        // done on commit
    }

    /** Releases what would keep the database from being opened again. To be called when it is lost. */
    void abandon() {
        // not needed for PostgreSQL
    }

    /** Closes once running transactions have ended: the database has been opened again. */
    void retire() {
        connections.getHikariPoolMXBean().softEvictConnections();
        CompletableFuture<?> unused = CompletableFuture.runAsync(
                connections::close, CompletableFuture.delayedExecutor(RETIREMENT.toSeconds(), TimeUnit.SECONDS));
    }

    @Override
    public void close() {
        connections.close();
    }
}
