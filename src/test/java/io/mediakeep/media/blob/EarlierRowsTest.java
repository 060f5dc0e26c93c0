package io.mediakeep.media.blob;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.blob.BlobId;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.media.MediaNode;
import io.mediakeep.media.NodeOptions;
import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.testing.H2Database;
import io.mediakeep.testing.PostgresServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Blobs that were stored before there were generations in their names are served, repaired and removed like all others.
 */
class EarlierRowsTest {
    private static final String GENERATION = "00000000-0000-0000-0000-000000000000";

    @TempDir
    Path directory;

    @Test
    void filesOnH2() throws Exception {
        assertServedAndRemoved(embedded(), false);
    }

    @Test
    void chunksOnH2() throws Exception {
        assertServedAndRemoved(embedded(), true);
    }

    @Test
    void filesOnPostgres() throws Exception {
        assertServedAndRemoved(PostgresServer.emptyDatabase(), false);
    }

    @Test
    void chunksOnPostgres() throws Exception {
        assertServedAndRemoved(PostgresServer.emptyDatabase(), true);
    }

    private DatabaseSettings embedded() {
        return H2Database.in(directory);
    }

    private void assertServedAndRemoved(DatabaseSettings database, boolean inDatabase) throws Exception {
        try (Connection connection = asVersion5LeftIt(database)) {
            insert(connection, "a cat", null, inDatabase);
            insert(connection, "nobody's", null, inDatabase);
            insert(connection, "half gone", 1L, inDatabase);
            execute(
                    connection,
                    "insert into media (origin, media_id, uploader, content_type, size, blob_hash, created_at,"
                            + " last_access_at, authenticated_only, quarantined) values ('example.org', 'cat',"
                            + " '@alice:example.org', 'text/plain', 5, ?, 1, 1, false, false)",
                    hash("a cat"));
        }
        Mxc cat = new Mxc(MediaNode.LOCAL, "cat");
        try (MediaNode node =
                new MediaNode(database, directory.resolve("blobs"), new NodeOptions().blobsInDatabase(inDatabase))) {
            assertThat(node.read(cat)).isEqualTo("a cat");
            assertThat(node.open(cat, Duration.ZERO).get().blob().value()).isEqualTo(hash("a cat"));
            Mxc again = node.upload(MediaNode.BOB, "half gone");
            node.cleanup.remove();
            assertThat(node.read(again)).isEqualTo("half gone");
            assertThat(storedCount(node, inDatabase)).isEqualTo(2);
            node.delete(cat);
            node.delete(again);
            node.cleanup.remove();
            assertThat(storedCount(node, inDatabase)).isZero();
            assertThat(node.rows("BlobEntity") + node.rows("RemovalCandidateEntity"))
                    .isZero();
            assertThat(node.read(node.upload(MediaNode.BOB, "a cat"))).isEqualTo("a cat");
        }
    }

    private static Connection asVersion5LeftIt(DatabaseSettings database) throws SQLException {
        String user = database.username().orElse("");
        Flyway.configure()
                .dataSource(database.url(), user, "")
                .locations("classpath:db/migration")
                .target("5")
                .load()
                .migrate();
        return DriverManager.getConnection(database.url(), user, "");
    }

    private void insert(Connection connection, String text, Long removingSince, boolean inDatabase) throws Exception {
        execute(
                connection,
                "insert into stored_blob (hash, generation, size, created_at, removing_since) values (?, ?, ?, 1, ?)",
                hash(text),
                GENERATION,
                text.length(),
                removingSince);
        if (inDatabase) {
            execute(connection, "insert into blob_chunk (hash, seq, bytes) values (?, 0, ?)", hash(text), bytes(text));
            execute(connection, "insert into complete_blob (hash, size) values (?, ?)", hash(text), text.length());
        } else {
            Path file = directory
                    .resolve("blobs")
                    .resolve(hash(text).substring(0, 2))
                    .resolve(hash(text).substring(2, 4))
                    .resolve(hash(text));
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        }
    }

    private static void execute(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    private long storedCount(MediaNode node, boolean inDatabase) throws Exception {
        if (inDatabase) {
            return node.rows("CompleteBlobEntity");
        }
        try (Stream<Path> all = Files.walk(directory.resolve("blobs"))) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(directory.resolve("blobs/spool")))
                    .count();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hash(String text) throws Exception {
        return new BlobId(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(text))))
                .sha256();
    }
}
