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

    /** The pauses between attempts to connect begin with this and double, up to the longest. */
    private static final long FIRST_PAUSE_MILLIS = 25, LONGEST_PAUSE_MILLIS = 500;

    private static final int MOST_DOUBLINGS = 5;

    private final DatabaseSettings settings;
    private final ReopeningDataSource source;
    private final Listeners listeners = new Listeners();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::listenUntilClosed, "announcements");
    private volatile boolean connected;
    private int failures;

    /** @param source hears when the connection is lost, since the others may be too */
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
    public void tell(String name) {
        listeners.tell(name);
    }

    @Override
    public void tellMissed() {
        listeners.tellMissed();
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
            try (Connection connection = PostgresConnections.open(settings, "mediakeep announcements")) {
                listenOn(connection);
            } catch (Throwable failure) { // whatever it is, the thread must not end
                connected = false;
                source.examine(source.pool(), failure);
                pauseAfter(failure);
            }
        }
    }

    private void listenOn(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("LISTEN " + CHANNEL);
            listeners.tellMissed();
            succeeded();
            PGConnection postgres = connection.unwrap(PGConnection.class);
            for (int looks = 1; !closed(); looks++) {
                tellAll(postgres.getNotifications((int) LOOK.toMillis()));
                if (looks % LOOKS_PER_CHECK == 0 && !connection.isValid(PostgresConnections.ANSWER_SECONDS)) {
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
