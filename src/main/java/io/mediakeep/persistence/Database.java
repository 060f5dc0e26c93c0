package io.mediakeep.persistence;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.flywaydb.core.Flyway;

/** The database: its pool of connections, its schema brought up to date by migrations, and its transactions. */
public final class Database implements AutoCloseable {
    /** How long a request waits for a connection before it gives up. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /**
     * What an H2 file needs to keep its promises: write at each commit, wait for a row lock instead of failing, and
     * leave closing to us.
     */
    private static final String H2_PROMISES = ";WRITE_DELAY=0;LOCK_TIMEOUT=20000;DB_CLOSE_ON_EXIT=FALSE";

    private final HikariDataSource pool;
    private final EntityManagerFactory factory;
    private final Transactions transactions;
    private final DatabaseClock clock;
    private final Announcements announcements;

    private Database(HikariDataSource pool, DatabaseSettings settings) {
        this.pool = pool;
        Flyway.configure()
                .dataSource(pool)
                .locations("classpath:db/migration")
                .load()
                .migrate();
        this.factory = Persistence.createEntityManagerFactory(
                "mediakeep", Map.of("jakarta.persistence.nonJtaDataSource", pool));
        boolean postgresql = settings.postgresql();
        this.transactions = new Transactions(factory, postgresql ? GroupForce.NONE : new GroupForce(this::checkpoint));
        this.clock = new DatabaseClock(transactions, Clock.systemUTC());
        this.announcements = postgresql ? new PostgresAnnouncements(settings, pool) : new LocalAnnouncements();
    }

    /** Opens the database, makes or migrates its schema and checks that it fits the entities. */
    public static Database open(DatabaseSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("database");
        config.setDriverClassName(settings.postgresql() ? "org.postgresql.Driver" : "org.h2.Driver");
        config.setJdbcUrl(settings.postgresql() ? settings.url() : settings.url() + H2_PROMISES);
        settings.username().ifPresent(config::setUsername);
        settings.password().ifPresent(config::setPassword);
        config.setMaximumPoolSize(settings.maxConnections());
        config.setMinimumIdle(1);
        config.setConnectionTimeout(PATIENCE.toMillis());
        config.setAutoCommit(false);
        HikariDataSource pool = new HikariDataSource(config);
        try {
            return new Database(pool, settings);
        } catch (RuntimeException failure) {
            pool.close();
            throw failure;
        }
    }

    /** The transactions of this database. */
    public Transactions transactions() {
        return transactions;
    }

    /** The clock of this database, which the nodes that share it go by. */
    public DatabaseClock clock() {
        return clock;
    }

    /** What the nodes that share this database tell each other. */
    public Announcements announcements() {
        return announcements;
    }

    private void checkpoint() {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CHECKPOINT SYNC");
        } catch (SQLException failure) {
            throw new IllegalStateException("the database could not force its file to disk", failure);
        }
    }

    @Override
    public void close() {
        announcements.close();
        factory.close();
        pool.close();
    }
}
