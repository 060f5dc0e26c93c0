package io.mediakeep.testing;

import io.mediakeep.persistence.DatabaseSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL: one server for all tests of a JVM, started on first use and stopped with the JVM. */
public final class PostgresServer {
    private static final int CONNECTIONS_OF_A_DATABASE = 8;
    private static final AtomicInteger databases = new AtomicInteger();

    private PostgresServer() {}

    /** The settings of a new, empty database. */
    public static DatabaseSettings freshDatabase() {
        String name = "test" + databases.incrementAndGet();
        try (Connection connection = Running.SERVER.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException failure) {
            throw new IllegalStateException("no new database", failure);
        }
        String url = Running.SERVER.getJdbcUrl("postgres", name);
        return new DatabaseSettings(url, Optional.of("postgres"), Optional.empty(), CONNECTIONS_OF_A_DATABASE);
    }

    /** The server, started by class initialisation. */
    private static final class Running {
        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "200")
                        .start();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
