package io.mediakeep.persistence;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announcements by PostgreSQL's LISTEN and NOTIFY, over one connection and one thread of their own. A lost connection
 * is replaced, and listeners are notified that announcements may have been missed.
 */
final class PostgresAnnouncements implements Announcements {
    private static final Logger log = LoggerFactory.getLogger(PostgresAnnouncements.class);
    private static final String CHANNEL = "mediakeep";
    private static final String CONNECTION_NAME = "mediakeep announcements";

    /** How long {@link #awaitHandled} waits for other nodes. */
    private static final Duration CONFIRMATION_TIMEOUT = Duration.ofSeconds(3);

    /** How long one poll blocks; it bounds how long {@link #close} waits. */
    private static final Duration POLL_TIMEOUT = Duration.ofMillis(500);

    /** A connection that was dropped silently looks like an idle one, so it is tested every 10 s. */
    private static final int POLLS_PER_CHECK = 20;

    /** The pauses between attempts to connect start with this and double, up to the maximum. */
    private static final long INITIAL_PAUSE_MILLIS = 25, MAX_PAUSE_MILLIS = 250;

    private static final int MAX_DOUBLINGS = 4;

    private final DatabaseSettings settings;
    private final ReopeningDataSource source;
    private final AnnouncementListeners listeners = new AnnouncementListeners();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::listenUntilClosed, "announcements");
    private volatile boolean connected;
    private int failures;

    /** @param source is notified when the connection is lost, since others may be too */
    PostgresAnnouncements(DatabaseSettings settings, ReopeningDataSource source) {
        this.settings = settings;
        this.source = source;
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
    public void notifyListeners(String name) {
        listeners.notifyListeners(name);
    }

    @Override
    public boolean awaitHandled() {
        try {
            return new PostgresConfirmations(settings, CONNECTION_NAME).await(CONFIRMATION_TIMEOUT);
        } catch (SQLException failure) {
            log.warn("Other nodes cannot confirm announcements: {}", failure.toString());
            return false;
        }
    }

    @Override
    public void notifyMissed() {
        listeners.notifyMissed();
    }

    @Override
    public void addListener(Consumer<String> changed, Runnable missed) {
        listeners.add(changed, missed);
    }

    @Override
    public boolean connected() {
        return connected;
    }

    private void listenUntilClosed() {
        while (!closed()) {
            try (Connection connection = PostgresConnections.open(settings, CONNECTION_NAME)) {
                listenOn(connection);
            } catch (Throwable failure) { // the thread must continue after any failure
                connected = false;
                source.examine(source.pool(), failure);
                pauseAfter(failure);
            }
        }
    }

    private void listenOn(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("LISTEN " + CHANNEL);
            statement.execute("LISTEN " + PostgresConfirmations.REQUESTS);
            listeners.notifyMissed();
            succeeded();
            PGConnection postgres = connection.unwrap(PGConnection.class);
            for (int looks = 1; !closed(); looks++) {
                handle(connection, postgres.getNotifications((int) POLL_TIMEOUT.toMillis()));
                if (looks % POLLS_PER_CHECK == 0 && !connection.isValid(PostgresConnections.RESPONSE_TIMEOUT_SECONDS)) {
                    throw new SQLException("the connection is dead");
                }
            }
        }
    }

    private void succeeded() {
        connected = true;
        if (failures > 0) {
            log.info("Announcements of other nodes are received again");
            failures = 0;
        }
    }

    private void pauseAfter(Throwable failure) {
        failures++;
        if (failures == 1 && !closed()) {
            log.warn(
                    "Announcements of other nodes are not received until PostgreSQL can be reached: {}",
                    failure.toString());
        }
        long pause = INITIAL_PAUSE_MILLIS << Math.min(failures, MAX_DOUBLINGS);
        try {
            closing.await(Math.min(pause, MAX_PAUSE_MILLIS), TimeUnit.MILLISECONDS);
        } catch (InterruptedException ignored) {
            // close() does not interrupt
        }
    }

    private void handle(Connection connection, PGNotification @Nullable [] notifications) throws SQLException {
        if (notifications != null) {
            for (PGNotification notification : notifications) {
                if (notification.getName().equals(CHANNEL)) {
                    notifyListeners(notification.getParameter());
                } else {
                    PostgresConfirmations.confirm(connection, notification.getParameter());
                }
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
            thread.join(2 * POLL_TIMEOUT.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
