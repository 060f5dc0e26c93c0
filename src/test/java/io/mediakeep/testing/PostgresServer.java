package io.mediakeep.testing;

import io.mediakeep.persistence.Database;
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
    private static final String EMPTY = "template1";
    private static final AtomicInteger databases = new AtomicInteger();

    private PostgresServer() {}

    /** The settings of a new database with the schema and without data: a copy of one that was migrated. */
    public static DatabaseSettings freshDatabase() {
        return settings(create(Migrated.NAME));
    }

    /** The settings of a new database without a schema. */
    public static DatabaseSettings emptyDatabase() {
        return settings(create(EMPTY));
    }

    /** The name of a new copy. */
    private static String create(String template) {
        String name = "test" + databases.incrementAndGet();
        try (Connection connection = Running.SERVER.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + " TEMPLATE " + template);
        } catch (SQLException failure) {
            throw new IllegalStateException("no new database", failure);
        }
        return name;
    }

    private static DatabaseSettings settings(String name) {
        String url = Running.SERVER.getJdbcUrl("postgres", name);
        return new DatabaseSettings(url, Optional.of("postgres"), Optional.empty(), CONNECTIONS_OF_A_DATABASE);
    }

    /** The database that is copied, migrated by class initialisation. */
    private static final class Migrated {
        static final String NAME = migrate();

        private static String migrate() {
            String name = create(EMPTY);
            Database.open(settings(name)).close();
            return name;
        }
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
