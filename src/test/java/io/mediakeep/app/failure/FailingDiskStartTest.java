package io.mediakeep.app.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.app.ServerInProcess;
import io.mediakeep.app.log.StartupFailure;
import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.testing.Client;
import io.mediakeep.testing.Eventually;
import io.mediakeep.testing.LogCapture;
import io.mediakeep.testing.PostgresServer;
import io.mediakeep.testing.TestConfig;
import io.mediakeep.testing.disk.Disks;
import io.mediakeep.testing.disk.InterceptedFilePath;
import io.mediakeep.testing.fault.FaultyDisk;
import io.mediakeep.testing.fault.FaultyDisk.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The disk fails while the server starts, or cannot be written to at all. */
@Timeout(900)
class FailingDiskStartTest {
    /** The distance of the n that are tried; 1 tries all. */
    private static final int STEP = Integer.getInteger("mediakeep.fault.step", 40);

    private final Map<String, byte[]> acknowledged = new HashMap<>();
    private final Map<String, String> configured = new HashMap<>();

    @TempDir
    Path directory;

    /** Each n-th write, force, rename or open of a start fails, in the files of the database and in ours. */
    @ParameterizedTest
    @CsvSource({"NO_SPACE, false", "IO_ERROR, true"})
    void aFailedStartLosesNothingAndTheNextOneServes(Fault fault, boolean once) throws Exception {
        configured.put("database.start-timeout", "1ms");
        try (FaultyDisk disk = new FaultyDisk(directory, fault)) {
            boolean failed = true;
            for (int n = 0; failed; n += STEP) {
                Path data = Files.createDirectory(directory.resolve("start" + n));
                acknowledged.clear();
                failed = starts(disk, data, n, once); // the first start
                failed |= starts(disk, data, n, once); // a start with existing data
            }
        }
    }

    /** Returns whether the disk failed. */
    private boolean starts(FaultyDisk disk, Path data, int n, boolean once) throws Exception {
        configured.put("database.url", "jdbc:h2:" + InterceptedFilePath.SCHEME + ":" + data + "/mediakeep");
        if (once) {
            disk.failOnceAfter(n);
        } else {
            disk.failAfter(n);
        }
        boolean failed;
        try (ServerInProcess server = started(data)) {
            failed = disk.repair();
            assertWorks(server);
        } catch (IOException | RuntimeException rejected) {
            failed = disk.repair();
            assertThat(failed).as("%s", rejected).isTrue();
            assertThat(StartupFailure.describe(rejected)).doesNotContain("\n");
            try (ServerInProcess server = started(data)) {
                assertWorks(server);
            }
        }
        return failed;
    }

    /** A full disk of an earlier version, whose blob directory has no identity. */
    @Test
    void storedMediaIsServedWhileNothingCanBeWritten() throws Exception {
        DatabaseSettings database = PostgresServer.freshDatabase();
        configured.put("database.url", database.url());
        configured.put("database.username", database.username().orElseThrow());
        Path data = Files.createDirectory(directory.resolve("full"));
        try (FaultyDisk disk = new FaultyDisk(directory, Fault.NO_SPACE);
                LogCapture recording = new LogCapture()) {
            try (ServerInProcess server = started(data)) {
                assertWorks(server);
            }
            Files.delete(data.resolve("blobs/.mediakeep-store"));
            disk.failAfter(0);
            try (ServerInProcess server = started(data)) {
                Client client = new Client(server.url(), TestConfig.ALICE);
                assertServesAll(client);
                assertThat(client.upload(new byte[10], "text/plain", "cat").statusCode())
                        .isIn(503, 507);
                assertThat(recording.text())
                        .containsOnlyOnce("The identity of the blob store")
                        .doesNotContain("\tat ");
                disk.repair();
                assertWorks(server);
            }
        }
    }

    private ServerInProcess started(Path data) throws Exception {
        configured.put("data-dir", data.toString());
        return new ServerInProcess(directory, Disks.path(directory), configured);
    }

    private void assertWorks(ServerInProcess server) throws Exception {
        Client client = new Client(server.url(), TestConfig.ALICE);
        byte[] bytes = new byte[2000];
        new Random(acknowledged.size()).nextBytes(bytes);
        Eventually.holds(
                () -> assertThat(client.upload(bytes, "text/plain", "cat").statusCode())
                        .isEqualTo(200));
        acknowledged.put(client.mxc(bytes), bytes);
        assertServesAll(client);
    }

    private void assertServesAll(Client client) throws Exception {
        for (Map.Entry<String, byte[]> upload : acknowledged.entrySet()) {
            assertThat(client.get(Client.download(upload.getKey())).body()).isEqualTo(upload.getValue());
        }
    }
}
