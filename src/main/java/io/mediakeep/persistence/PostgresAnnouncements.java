package io.mediakeep.persistence;

import com.zaxxer.hikari.HikariDataSource;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Announcements by PostgreSQL's LISTEN and NOTIFY, over one connection and one thread of their own. */
final class PostgresAnnouncements implements Announcements {
    private static final Logger log = LoggerFactory.getLogger(PostgresAnnouncements.class);
    private static final String CHANNEL = "mediakeep";

    /** How long one look for announcements blocks; it bounds how long {@link #close} waits. */
    private static final Duration LOOK = Duration.ofMillis(500);

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    private final HikariDataSource pool;
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private final List<Runnable> missed = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::listenUntilClosed, "announcements");
    private volatile boolean closed;

    PostgresAnnouncements(HikariDataSource pool) {
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
        listeners.forEach(listener -> listener.accept(name));
    }

    @Override
    public void listen(Consumer<String> changed, Runnable perhapsMissed) {
        listeners.add(changed);
        missed.add(perhapsMissed);
    }

    private void listenUntilClosed() {
        while (!closed) {
            try (Connection connection = pool.getConnection()) {
                listenOn(connection);
            } catch (SQLException failure) {
                pauseAfter(failure);
            }
        }
    }

    private void listenOn(Connection connection) throws SQLException {
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            statement.execute("LISTEN " + CHANNEL);
            missed.forEach(Runnable::run);
            PGConnection postgres = connection.unwrap(PGConnection.class);
            while (!closed) {
                tellAll(postgres.getNotifications((int) LOOK.toMillis()));
            }
            statement.execute("UNLISTEN *"); // the pool may give the connection to somebody else
        }
    }

    private void tellAll(PGNotification @Nullable [] notifications) {
        if (notifications != null) {
            for (PGNotification notification : notifications) {
                tell(notification.getParameter());
            }
        }
    }

    private void pauseAfter(SQLException failure) {
        if (closed) {
            return;
        }
        log.warn("Announcements of other nodes are not heard for now: {}", failure.getMessage());
        try {
            Thread.sleep(PAUSE_AFTER_FAILURE.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(2 * LOOK.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
