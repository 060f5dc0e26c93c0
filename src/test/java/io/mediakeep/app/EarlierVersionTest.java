package io.mediakeep.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.testing.Client;
import io.mediakeep.testing.TestConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The data directory of a version without store identities and progress file. */
class EarlierVersionTest {
    private static final byte[] CAT = "a cat".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path directory;

    @Test
    void itIsServedAndPairedWithItsBlobs() throws Exception {
        asVersion6LeftIt();
        for (int start = 0; start < 2; start++) {
            try (ServerInProcess server = new ServerInProcess(directory, Map.of())) {
                Client client = new Client(server.url(), TestConfig.ALICE);
                assertThat(client.get(Client.download("mxc://example.org/cat")).body())
                        .isEqualTo(CAT);
            }
        }
        assertThat(directory.resolve("data/blobs/.mediakeep-store")).content().contains("jdbc:h2:file:");
        assertThatThrownBy(() -> new ServerInProcess(
                                directory,
                                Map.of(
                                        "blobs.disk.path",
                                        directory.resolve("new").toString()))
                        .close())
                .isInstanceOf(IOException.class);
    }

    @Test
    void itIsRejectedWithoutItsBlobs() throws Exception {
        asVersion6LeftIt();
        Files.move(directory.resolve("data/blobs"), directory.resolve("away"));
        assertThatThrownBy(() -> new ServerInProcess(directory, Map.of()).close())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("0 of 1");
        assertThat(directory.resolve("data/blobs")).doesNotExist();
    }

    private void asVersion6LeftIt() throws Exception {
        Path data = Files.createDirectories(directory.resolve("data"));
        String url = "jdbc:h2:file:" + data.resolve("mediakeep");
        Flyway.configure()
                .dataSource(url, "", "")
                .locations("classpath:db/migration")
                .target("6")
                .load()
                .migrate();
        String hash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(CAT));
        String location = hash + "-00000000-0000-0000-0000-000000000000";
        try (Connection connection = DriverManager.getConnection(url, "", "");
                Statement statement = connection.createStatement()) {
            statement.execute("insert into stored_blob (hash, location, size, created_at) values ('" + hash + "', '"
                    + location + "', 5, 1)");
            statement.execute(
                    "insert into media (origin, media_id, uploader, content_type, size, blob_hash, created_at,"
                            + " last_access_at, authenticated_only, quarantined) values ('example.org', 'cat',"
                            + " '@alice:example.org', 'text/plain', 5, '" + hash + "', 1, 1, false, false)");
        }
        Path shard = data.resolve("blobs").resolve(hash.substring(0, 2)).resolve(hash.substring(2, 4));
        Files.write(Files.createDirectories(shard).resolve(location), CAT);
    }
}
