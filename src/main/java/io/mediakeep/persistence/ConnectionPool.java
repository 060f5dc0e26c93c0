package io.mediakeep.persistence;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The connections to the database from when it was opened until it is lost. This one is for PostgreSQL. */
class ConnectionPool implements AutoCloseable {
    /** How long {@link #connection} waits. Who can wait longer asks again, and hears meanwhile when the database is lost. */
    private static final Duration WAIT = Duration.ofSeconds(1);

    /** What runs on a pool that is retired has ended by then. */
    private static final Duration LAST_TRANSACTIONS = Duration.ofSeconds(30);

    private final HikariDataSource connections;

    ConnectionPool(HikariDataSource connections) {
        this.connections = connections;
    }

    /**
     * Opens the database.
     *
     * @param opening tells apart how often it was opened
     * @throws SQLException as the driver says why it cannot be
     */
    static ConnectionPool open(DatabaseSettings settings, int opening) throws SQLException {
        if (!settings.postgresql()) {
            return H2ConnectionPool.open(settings, opening);
        }
        PostgresConnections.open(settings, "mediakeep").close(); // Hikari would pause for a second when it fails
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
        config.setConnectionTimeout(WAIT.toMillis());
        config.setAutoCommit(false);
        return new HikariDataSource(config);
    }

    /**
     * A connection, waited for a second at most.
     *
     * @throws java.sql.SQLTransientConnectionException when none became free
     */
    Connection connection() throws SQLException {
        return connections.getConnection();
    }

    /** Whether a failure, or what is known besides, says that the database is lost for this pool. */
    boolean isLost(Throwable failure) {
        return SqlFailures.isConnectionLost(failure);
    }

    /** Whether {@link #isLost} is more than a suspicion, which one connection that was cut may raise. */
    boolean isSurelyLost() {
        return false;
    }

    /** Makes everything committed stable. PostgreSQL does so at each commit. */
    void checkpoint() {
        // nothing is left to do
    }

    /** Lets go of what would keep the database from being opened again. To be called when it is lost. */
    void abandon() {
        // PostgreSQL does not mind
    }

    /** Closes when what runs has ended: the database was opened again. */
    void retire() {
        connections.getHikariPoolMXBean().softEvictConnections();
        CompletableFuture<?> unused = CompletableFuture.runAsync(
                connections::close, CompletableFuture.delayedExecutor(LAST_TRANSACTIONS.toSeconds(), TimeUnit.SECONDS));
    }

    @Override
    public void close() {
        connections.close();
    }
}
