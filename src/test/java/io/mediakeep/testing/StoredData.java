package io.mediakeep.testing;

import io.mediakeep.persistence.DatabaseSettings;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Counts and changes what servers have stored, without using the servers. */
public final class StoredData {
    private StoredData() {}

    /** The number of rows of a table. */
    public static long rows(DatabaseSettings database, String table) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("select count(*) from " + table)) {
            count.next();
            return count.getLong(1);
        }
    }

    /** Executes statements, such as inserts. */
    public static void execute(DatabaseSettings database, String... statements) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** A connection of its own to a database. */
    public static Connection connect(DatabaseSettings database) throws SQLException {
        @Nullable String username = database.username().orElse(null);
        @Nullable String password = database.password().orElse(null);
        // within one JVM H2 opens a file twice only by the same name
        String url = database.url().replace("jdbc:h2:file:", "jdbc:h2:journaled:0:file:");
        return DriverManager.getConnection(url, username, password);
    }

    /** The number of files below a directory, lock files not counted. */
    public static long files(Path below) throws IOException {
        AtomicLong count = new AtomicLong();
        Files.walkFileTree(below, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (!file.getFileName().toString().startsWith(".")) {
                    count.incrementAndGet();
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException deleted) {
                return FileVisitResult.CONTINUE;
            }
        });
        return count.get();
    }
}
