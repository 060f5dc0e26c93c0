package io.mediakeep.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** Connections to PostgreSQL outside the pool, which fail at once or after a few seconds. */
final class PostgresConnections {
    /** How long the server may take to respond. */
    static final int RESPONSE_TIMEOUT_SECONDS = 5;

    private PostgresConnections() {}

    /** @param name of the connection ({@code application_name}) */
    static Connection open(DatabaseSettings settings, String name) throws SQLException {
        Properties properties = new Properties();
        settings.username().ifPresent(user -> PGProperty.USER.set(properties, user));
        settings.password().ifPresent(password -> PGProperty.PASSWORD.set(properties, password));
        PGProperty.APPLICATION_NAME.set(properties, name);
        PGProperty.CONNECT_TIMEOUT.set(properties, RESPONSE_TIMEOUT_SECONDS);
        PGProperty.LOGIN_TIMEOUT.set(properties, RESPONSE_TIMEOUT_SECONDS);
        PGProperty.SOCKET_TIMEOUT.set(properties, RESPONSE_TIMEOUT_SECONDS);
        Connection connection = new Driver().connect(settings.url(), properties);
        if (connection == null) {
            throw new SQLException("not a URL of PostgreSQL");
        }
        return connection;
    }
}
