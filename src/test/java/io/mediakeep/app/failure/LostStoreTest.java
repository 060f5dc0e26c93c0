package io.mediakeep.app.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.app.MainProcess;
import io.mediakeep.app.ServerInProcess;
import io.mediakeep.app.log.StartupFailure;
import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.testing.Client;
import io.mediakeep.testing.Eventually;
import io.mediakeep.testing.LogCapture;
import io.mediakeep.testing.PostgresServer;
import io.mediakeep.testing.TestConfig;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Directories and files that are removed by an operator, a mount or a disk failure, before the start or while the
 * server runs.
 */
class LostStoreTest {
    private static final byte[] CAT = "a cat".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTemporarilyMissingDirectoryLosesNothing(boolean postgres) throws Exception {
        Path blobs = directory.resolve("data/blobs");
        try (ServerInProcess server = new ServerInProcess(directory, database(postgres));
                LogCapture recording = new LogCapture()) {
            Client client = new Client(server.url(), TestConfig.ALICE);
            String cat = client.mxc(CAT);
            Files.move(blobs, directory.resolve("away"));
            Files.createDirectory(blobs);
            for (HttpResponse<byte[]> rejected :
                    List.of(client.get(Client.download(cat)), client.upload(CAT, "text/plain", "cat.txt"))) {
                assertThat(Client.error(rejected)).isEqualTo("503 M_UNKNOWN");
                assertThat(rejected.headers().firstValue("Retry-After")).isPresent();
            }
            assertThat(blobs).isEmptyDirectory();
            Files.delete(blobs);
            Files.move(directory.resolve("away"), blobs);
            assertThat(client.get(Client.download(cat)).body()).isEqualTo(CAT);
            assertThat(client.get(Client.download(client.mxc(new byte[100]))).body())
                    .hasSize(100);
            assertThat(recording.text().lines().filter(line -> line.contains("not available")))
                    .hasSize(1);
            assertThat(recording.text()).doesNotContain("\tat ");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anEmptyStoreWithANonEmptyDatabaseIsRejectedUnlessConfigured(boolean postgres) throws Exception {
        Map<String, String> configured = new HashMap<>(database(postgres));
        String cat = uploaded(configured, 1).get(0);
        configured.put("blobs.disk.path", directory.resolve("empty").toString());
        assertThatThrownBy(() -> new ServerInProcess(directory, configured).close())
                .isInstanceOf(IOException.class)
                .hasMessageContaining(directory.resolve("data/blobs").toString())
                .hasMessageContaining("storage.accept-other-store");
        assertThat(directory.resolve("empty")).doesNotExist();
        configured.put("storage.accept-other-store", "true");
        try (ServerInProcess server = new ServerInProcess(directory, configured)) {
            Client client = new Client(server.url(), TestConfig.ALICE);
            assertThat(Client.error(client.get(Client.download(cat)))).isEqualTo("404 M_NOT_FOUND");
            client.mxc(bytes(0));
            assertThat(client.get(Client.download(cat)).body()).isEqualTo(bytes(0));
        }
    }

    @Test
    void anEmptyDatabaseWithANonEmptyStoreIsRejectedInOneLine() throws Exception {
        uploaded(Map.of(), 1);
        Path config = new TestConfig(directory.resolve("data"))
                .on(PostgresServer.freshDatabase())
                .writeTo(directory);
        MainProcess ended = MainProcess.run(directory, "--config", config.toString());
        assertThat(ended.code()).isOne();
        assertThat(ended.errors().strip())
                .hasLineCount(1)
                .startsWith("Cannot start: The database jdbc:postgresql:")
                .contains("belongs to jdbc:h2:file:")
                .contains("storage.accept-other-store");
        assertThat(ended.output()).doesNotContain("\tat ");
    }

    /**
     * H2 opens some of these in an older state, without an error, and fails to open others. The end of the file may be
     * free space.
     */
    @ParameterizedTest
    @CsvSource({"2, true", "4, false", "6, false"})
    void aTruncatedDatabaseIsDetected(int eighths, boolean surelyInRows) throws Exception {
        List<String> uploaded = uploaded(Map.of(), 60);
        Path file = directory.resolve("data/mediakeep.mv.db");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 8 * eighths));
        try (ServerInProcess server = new ServerInProcess(directory, Map.of())) {
            assertThat(surelyInRows).isFalse();
            Client client = new Client(server.url(), TestConfig.ALICE);
            for (String mxc : uploaded) {
                assertThat(client.get(Client.download(mxc)).statusCode()).isEqualTo(200);
            }
        } catch (IOException | RuntimeException rejected) {
            assertThat(StartupFailure.describe(rejected)).containsAnyOf("older than it was", "corrupted");
        }
    }

    @Test
    void truncatedOrModifiedFilesAreNotServedAndRepairedByTheSameContent() throws Exception {
        try (ServerInProcess server = new ServerInProcess(directory, Map.of("storage.scrub-period", "100ms"))) {
            Client client = new Client(server.url(), TestConfig.ALICE);
            String cut = client.mxc(bytes(1));
            String turned = client.mxc(bytes(2));
            Files.write(fileOf(bytes(1)), new byte[10]);
            byte[] other = bytes(2);
            other[1000] ^= 1;
            Files.write(fileOf(bytes(2)), other);
            assertThat(Client.error(client.get(Client.download(cut)))).isEqualTo("404 M_NOT_FOUND");
            Eventually.holds(() ->
                    assertThat(client.get(Client.download(turned)).statusCode()).isEqualTo(404));
            client.mxc(bytes(1));
            client.mxc(bytes(2));
            assertThat(client.get(Client.download(cut)).body()).isEqualTo(bytes(1));
            assertThat(client.get(Client.download(turned)).body()).isEqualTo(bytes(2));
        }
    }

    private Path fileOf(byte[] bytes) throws Exception {
        String hash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        try (Stream<Path> files = Files.walk(directory.resolve("data/blobs"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(hash))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void anOlderDatabaseIsRejectedUnlessConfigured() throws Exception {
        List<String> yesterday = uploaded(Map.of(), 5);
        Path file = directory.resolve("data/mediakeep.mv.db");
        Path copy = Files.copy(file, directory.resolve("copy"));
        List<String> today = uploaded(Map.of(), 40);
        Files.copy(copy, file, StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> new ServerInProcess(directory, Map.of()).close())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("older than it was")
                .hasMessageContaining("storage.accept-older-database");
        try (ServerInProcess server = new ServerInProcess(directory, Map.of("storage.accept-older-database", "true"))) {
            Client client = new Client(server.url(), TestConfig.ALICE);
            assertThat(client.get(Client.download(yesterday.get(4))).body()).isEqualTo(bytes(4));
            assertThat(Client.error(client.get(Client.download(today.get(39))))).isEqualTo("404 M_NOT_FOUND");
            assertThat(client.get(Client.download(client.mxc(bytes(39)))).body())
                    .isEqualTo(bytes(39));
        }
        new ServerInProcess(directory, Map.of()).close();
    }

    private Map<String, String> database(boolean postgres) {
        if (!postgres) {
            return Map.of();
        }
        DatabaseSettings settings = PostgresServer.freshDatabase();
        return Map.of(
                "database.url",
                settings.url(),
                "database.username",
                settings.username().orElseThrow());
    }

    /** The content URIs of a number of uploads to a server that is stopped afterwards. */
    private List<String> uploaded(Map<String, String> configured, int count) throws Exception {
        List<String> uploaded = new ArrayList<>();
        try (ServerInProcess server = new ServerInProcess(directory, configured)) {
            Client client = new Client(server.url(), TestConfig.ALICE);
            for (int i = 0; i < count; i++) {
                uploaded.add(client.mxc(bytes(i)));
            }
        }
        return uploaded;
    }

    private static byte[] bytes(int seed) {
        byte[] bytes = new byte[2000];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
