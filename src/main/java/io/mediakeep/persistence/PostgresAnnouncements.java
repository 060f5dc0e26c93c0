package io.mediakeep.persistence;

import com.zaxxer.hikari.HikariDataSource;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.postgresql.PGProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announcements by PostgreSQL's LISTEN and NOTIFY, over one connection and one thread of their own. A connection that is
 * lost is made anew; what may have been missed meanwhile, the listeners are told.
 */
final class PostgresAnnouncements implements Announcements {
    private static final Logger log = LoggerFactory.getLogger(PostgresAnnouncements.class);
    private static final String CHANNEL = "mediakeep";

    /** How long one look for announcements blocks; it bounds how long {@link #close} waits. */
    private static final Duration LOOK = Duration.ofMillis(500);

    /** A connection that was cut without a word looks like one on which nothing is said, so it is tried every 10 s. */
    private static final int LOOKS_PER_CHECK = 20;

    /** How long the server may take to answer, in seconds. */
    private static final int ANSWER_SECONDS = 5;

    /** The pauses between attempts to connect begin with this and double, up to the longest. */
    private static final long FIRST_PAUSE_MILLIS = 25, LONGEST_PAUSE_MILLIS = 500;

    private static final int MOST_DOUBLINGS = 5;

    private final DatabaseSettings settings;
    private final HikariDataSource pool;
    private final Listeners listeners = new Listeners();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::listenUntilClosed, "announcements");
    private volatile boolean connected;
    private int failures;

    PostgresAnnouncements(DatabaseSettings settings, HikariDataSource pool) {
        this.settings = settings;
        this.pool = pool;
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void announce(EntityManager entities, String name) {
        entities.createNativeQuery("select cast(pg_notify(:channel, :name) as varchar)", String.class)
                .setParameter("channel", CHANNEL)
                .setParameter("name", name)
                .getSingleResult();
    }

    @Override
    public void tell(String name) {
        listeners.tell(name);
    }

    @Override
    public void listen(Consumer<String> changed, Runnable perhapsMissed) {
        listeners.add(changed, perhapsMissed);
    }

    @Override
    public boolean connected() {
        return connected;
    }

    private void listenUntilClosed() {
        while (!closed()) {
            try (Connection connection = connect()) {
                listenOn(connection);
            } catch (Throwable failure) { // whatever it is, the thread must not end
                connected = false;
                pauseAfter(failure);
            }
        }
    }

    /** Past the pool, whose connections come back later than the server when that was away, and may be all in use. */
    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        settings.username().ifPresent(name -> PGProperty.USER.set(properties, name));
        settings.password().ifPresent(password -> PGProperty.PASSWORD.set(properties, password));
        PGProperty.APPLICATION_NAME.set(properties, "mediakeep announcements");
        PGProperty.CONNECT_TIMEOUT.set(properties, ANSWER_SECONDS);
        PGProperty.LOGIN_TIMEOUT.set(properties, ANSWER_SECONDS);
        PGProperty.SOCKET_TIMEOUT.set(properties, ANSWER_SECONDS);
        Connection connection = new Driver().connect(settings.url(), properties);
        if (connection == null) {
            throw new SQLException("not a URL of PostgreSQL");
        }
        return connection;
    }

    private void listenOn(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("LISTEN " + CHANNEL);
            if (failures > 0) {
                pool.getHikariPoolMXBean().softEvictConnections(); // they were lost as well, if the server was away
            }
            listeners.tellMissed();
            succeeded();
            PGConnection postgres = connection.unwrap(PGConnection.class);
            for (int looks = 1; !closed(); looks++) {
                tellAll(postgres.getNotifications((int) LOOK.toMillis()));
                if (looks % LOOKS_PER_CHECK == 0 && !connection.isValid(ANSWER_SECONDS)) {
                    throw new SQLException("the connection is dead");
                }
            }
        }
    }

    private void succeeded() {
        connected = true;
        if (failures > 0) {
            log.info("Announcements of other nodes are heard again");
            failures = 0;
        }
    }

    private void pauseAfter(Throwable failure) {
        failures++;
        if (failures == 1 && !closed()) {
            log.warn("Announcements of other nodes are not heard for now: {}", failure.toString());
        }
        long pause = FIRST_PAUSE_MILLIS << Math.min(failures, MOST_DOUBLINGS);
        try {
            closing.await(Math.min(pause, LONGEST_PAUSE_MILLIS), TimeUnit.MILLISECONDS);
        } catch (InterruptedException ignored) {
            // nobody who may end this thread interrupts it
        }
    }

    private void tellAll(PGNotification @Nullable [] notifications) {
        if (notifications != null) {
            for (PGNotification notification : notifications) {
                tell(notification.getParameter());
            }
        }
    }

    private boolean closed() {
        return closing.getCount() == 0;
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(2 * LOOK.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
