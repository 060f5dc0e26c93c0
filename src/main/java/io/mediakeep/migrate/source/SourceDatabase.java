package io.mediakeep.migrate.source;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;

/** The database of a source, read-only. A few connections, none of which is open for long. */
final class SourceDatabase implements AutoCloseable {
    private static final int MAX_CONNECTIONS = 4;
    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration MAX_LIFETIME = Duration.ofMinutes(5);

    /** Bounds of the PostgreSQL driver, in seconds. Reading a page of a large table sorts it. */
    private static final int CONNECT_TIMEOUT = 3, SOCKET_TIMEOUT = 300;

    private final HikariDataSource connections;

    /** Opens no connection yet. */
    SourceDatabase(String url) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("import");
        config.setReadOnly(true);
        config.setMaximumPoolSize(MAX_CONNECTIONS);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
        config.setIdleTimeout(IDLE_TIMEOUT.toMillis());
        config.setMaxLifetime(MAX_LIFETIME.toMillis());
        config.setInitializationFailTimeout(-1); // connects when it is used
        if (url.startsWith(SourceSettings.SQLITE)) {
            config.setDataSource(new SqliteFile(Path.of(url.substring(SourceSettings.SQLITE.length()))));
        } else {
            config.setDriverClassName("org.postgresql.Driver");
            config.setJdbcUrl(url);
            config.addDataSourceProperty("connectTimeout", CONNECT_TIMEOUT);
            config.addDataSourceProperty("socketTimeout", SOCKET_TIMEOUT);
            config.addDataSourceProperty("ApplicationName", "mediakeep import");
        }
        this.connections = new HikariDataSource(config);
    }

    /** Work with a connection. */
    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** @throws SourceUnavailableException when the database fails */
    <T> T call(Work<T> work) {
        try (Connection connection = connections.getConnection()) {
            return work.on(connection);
        } catch (SQLException failure) {
            throw new SourceUnavailableException("its database failed: " + failure.getMessage(), failure);
        }
    }

    @Override
    public void close() {
        connections.close();
    }

    /**
     * A file of SQLite that may be in use. One in WAL mode without a log is not in use; it is opened as immutable, since
     * SQLite would create a log beside it.
     */
    private static final class SqliteFile extends SQLiteDataSource {
        private static final int WRITE_VERSION_OFFSET = 18, WAL = 2;

        private final Path file;

        SqliteFile(Path file) {
            this.file = file.toAbsolutePath();
        }

        @Override
        public SQLiteConnection getConnection(@Nullable String username, @Nullable String password)
                throws SQLException {
            SQLiteConfig config = new SQLiteConfig();
            config.setReadOnly(true);
            String url = "jdbc:sqlite:file:" + file.toUri().getRawPath() + (isUnusedWal() ? "?immutable=1" : "");
            return JDBC.createConnection(url, config.toProperties());
        }

        private boolean isUnusedWal() {
            try (InputStream header = Files.newInputStream(file)) {
                byte[] start = header.readNBytes(WRITE_VERSION_OFFSET + 1);
                boolean wal = start.length > WRITE_VERSION_OFFSET && start[WRITE_VERSION_OFFSET] == WAL;
                return wal && !Files.exists(Path.of(file + "-wal"));
            } catch (IOException unreadable) {
                return false; // SQLite says what is wrong
            }
        }
    }
}
