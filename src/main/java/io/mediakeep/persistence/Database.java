package io.mediakeep.persistence;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.flywaydb.core.Flyway;

/** The database: its pool of connections, its schema brought up to date by migrations, and its transactions. */
public final class Database implements AutoCloseable {
    /** How long a request waits for a connection before it gives up. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How often an H2 file is forced of which nobody asks it, so that little is lost with a crash. */
    private static final Duration FORCE_PERIOD = Duration.ofSeconds(1);

    /**
     * How H2 treats its file. What is committed is written when it is forced (see {@link Transactions#callDurably}) or
     * after half a second, and space that nothing points at is used again at once: {@link JournaledFile} makes both safe.
     * A row lock is waited for instead of failing, and closing is left to us.
     */
    private static final String H2_SETTINGS =
            ";WRITE_DELAY=500;RETENTION_TIME=0;MAX_COMPACT_TIME=2000" + ";LOCK_TIMEOUT=20000;DB_CLOSE_ON_EXIT=FALSE";

    private final HikariDataSource pool;
    private final EntityManagerFactory factory;
    private final Transactions transactions;
    private final PeriodicForce periodicForce;
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
        GroupForce force = postgresql ? GroupForce.NONE : new GroupForce(new H2Checkpoint(pool)::run);
        this.transactions = new Transactions(factory, force);
        this.periodicForce = new PeriodicForce(force);
        this.clock = new DatabaseClock(transactions, Clock.systemUTC(), System::nanoTime);
        this.announcements = postgresql ? new PostgresAnnouncements(settings, pool) : new LocalAnnouncements();
        if (!postgresql) {
            periodicForce.begin(FORCE_PERIOD);
        }
    }

    /** Opens the database, makes or migrates its schema and checks that it fits the entities. */
    public static Database open(DatabaseSettings settings) {
        JournaledFilePath.register();
        HikariConfig config = new HikariConfig();
        config.setPoolName("database");
        config.setDriverClassName(settings.postgresql() ? "org.postgresql.Driver" : "org.h2.Driver");
        config.setJdbcUrl(
                settings.postgresql() ? settings.url() : JournaledFilePath.journaled(settings.url()) + H2_SETTINGS);
        settings.username().ifPresent(config::setUsername);
        settings.password().ifPresent(config::setPassword);
        config.setMaximumPoolSize(settings.maxConnections());
        config.setMinimumIdle(1);
        config.setConnectionTimeout(PATIENCE.toMillis());
        config.setAutoCommit(false);
        if (!settings.postgresql()) {
            config.setMaxLifetime(0); // H2 closes a database with its last connection, and opens it anew with the next
        }
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

    @Override
    public void close() {
        announcements.close();
        periodicForce.close();
        factory.close();
        pool.close();
    }
}
