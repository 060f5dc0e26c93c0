package io.mediakeep.persistence;

import io.mediakeep.storage.DatabaseUnavailableException;
import io.mediakeep.storage.StorageFailure;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The database: its connections, its schema, migrated on open, and its transactions. */
public final class Database implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Database.class);

    /** How often an H2 file is forced without a request, which bounds what a crash loses. */
    private static final Duration FORCE_PERIOD = Duration.ofSeconds(1);

    /** The pause between attempts to open a database that is not available yet. */
    private static final Duration START_PAUSE = Duration.ofMillis(500);

    private final ReopeningDataSource source;
    private final EntityManagerFactory factory;
    private final Transactions transactions;
    private final PeriodicForce periodicForce;
    private final DatabaseClock clock;
    private final Announcements announcements;

    private Database(ReopeningDataSource source, DatabaseSettings settings) {
        this.source = source;
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/migration")
                .outOfOrder(true) // migrations of one release are numbered before it is known which is applied first
                .load()
                .migrate();
        source.pool().checkpoint(); // a database that is opened again after a failure has its schema
        this.factory = Persistence.createEntityManagerFactory(
                "mediakeep", Map.of("jakarta.persistence.nonJtaDataSource", source));
        boolean postgresql = settings.postgresql();
        GroupCommit force = postgresql
                ? GroupCommit.NONE
                : new GroupCommit(() -> source.pool().checkpoint());
        this.transactions = new Transactions(factory, source, force);
        this.periodicForce = new PeriodicForce(force, failure -> source.examine(source.pool(), failure));
        this.clock = new DatabaseClock(transactions, Clock.systemUTC(), System::nanoTime);
        this.announcements = postgresql ? new PostgresAnnouncements(settings, source) : new LocalAnnouncements();
        source.whenReopened(announcements::notifyMissed);
        if (!postgresql) {
            periodicForce.begin(FORCE_PERIOD);
        }
    }

    /**
     * Opens the database, creates or migrates its schema, and validates it against the entities. While PostgreSQL is
     * not available, or the disk has no room for H2 to open its file, it retries for as long as configured.
     *
     * @throws DatabaseUnavailableException when it cannot be opened
     */
    public static Database open(DatabaseSettings settings) {
        ReopeningDataSource source =
                new ReopeningDataSource(opening -> ConnectionPool.open(settings, opening), firstPool(settings));
        try {
            return new Database(source, settings);
        } catch (RuntimeException failure) {
            source.close();
            throw failure;
        }
    }

    private static ConnectionPool firstPool(DatabaseSettings settings) {
        long end = System.nanoTime() + settings.startTimeout().toNanos();
        for (boolean logged = false; ; logged = true) {
            try {
                return ConnectionPool.open(settings, 0);
            } catch (SQLException failure) {
                if (!mayComeYet(failure) || System.nanoTime() > end) {
                    throw new DatabaseUnavailableException(failure);
                }
                if (!logged) {
                    log.warn(
                            "Waiting up to {} s for the database {}: {}",
                            settings.startTimeout().toSeconds(),
                            settings.label(),
                            StorageFailure.reason(failure));
                }
            }
            pause();
        }
    }

    private static boolean mayComeYet(SQLException failure) {
        return SqlFailures.isConnectionLost(failure)
                || StorageFailure.of(failure).isPresent();
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(START_PAUSE.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DatabaseUnavailableException(interrupted);
        }
    }

    /** The transactions of this database. */
    public Transactions transactions() {
        return transactions;
    }

    /** The clock of this database, shared by its nodes. */
    public DatabaseClock clock() {
        return clock;
    }

    /** The announcements between the nodes of this database. */
    public Announcements announcements() {
        return announcements;
    }

    /**
     * The numbers of its connections.
     *
     * @param used by transactions
     * @param idle open and not used
     * @param waiting the number of threads that wait for one
     */
    public record Connections(int used, int idle, int waiting) {}

    /** Its connections. */
    public Connections connections() {
        return source.pool().counts();
    }

    /** Whether it is available. */
    public DatabaseState state() {
        return source.state();
    }

    @Override
    public void close() {
        announcements.close();
        periodicForce.close();
        factory.close();
        source.close();
    }
}
