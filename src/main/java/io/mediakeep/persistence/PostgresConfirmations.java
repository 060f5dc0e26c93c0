package io.mediakeep.persistence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Confirmations by the nodes that they have handled earlier announcements. PostgreSQL delivers notifications in the
 * order of the commits, and names the connection that a notification comes from; which connections receive
 * announcements is read from {@code pg_stat_activity}.
 */
final class PostgresConfirmations {
    /** The channel on which a confirmation is requested, with an id. */
    static final String REQUESTS = "mediakeep_confirm";

    /** The channel on which nodes confirm, with the id of the request. */
    private static final String CONFIRMATIONS = "mediakeep_confirmed";

    private final DatabaseSettings settings;
    private final String listenerName;

    /** @param listenerName of the connections that receive announcements ({@code application_name}) */
    PostgresConfirmations(DatabaseSettings settings, String listenerName) {
        this.settings = settings;
        this.listenerName = listenerName;
    }

    /** Confirms a request, on the connection that receives announcements. */
    static void confirm(Connection connection, String id) throws SQLException {
        notify(connection, CONFIRMATIONS, id);
    }

    /** Whether all nodes that receive announcements now have confirmed within a time. */
    boolean await(Duration timeout) throws SQLException {
        long end = System.nanoTime() + timeout.toNanos();
        String id = UUID.randomUUID().toString();
        try (Connection connection = PostgresConnections.open(settings, "mediakeep confirmation")) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("LISTEN " + CONFIRMATIONS);
            }
            Set<Integer> missing = listeners(connection);
            notify(connection, REQUESTS, id);
            PGConnection postgres = connection.unwrap(PGConnection.class);
            for (long left = end - System.nanoTime(); !missing.isEmpty() && left > 0; left = end - System.nanoTime()) {
                remove(missing, id, postgres.getNotifications((int) Math.max(1, left / 1_000_000)));
            }
            return missing.isEmpty();
        }
    }

    private Set<Integer> listeners(Connection connection) throws SQLException {
        Set<Integer> found = new HashSet<>();
        try (PreparedStatement query = connection.prepareStatement(
                "select pid from pg_stat_activity" + " where datname = current_database() and application_name = ?")) {
            query.setString(1, listenerName);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getInt(1));
                }
            }
        }
        return found;
    }

    private static void remove(Set<Integer> missing, String id, PGNotification @Nullable [] notifications) {
        if (notifications != null) {
            for (PGNotification notification : notifications) {
                if (notification.getParameter().equals(id)) {
                    missing.remove(notification.getPID());
                }
            }
        }
    }

    private static void notify(Connection connection, String channel, String id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select pg_notify(?, ?)")) {
            statement.setString(1, channel);
            statement.setString(2, id);
            statement.execute();
        }
    }
}
