package io.mediakeep.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mediakeep.testing.Client;
import io.mediakeep.testing.Eventually;
import io.mediakeep.testing.PostgresServer;
import io.mediakeep.testing.TestConfig;
import io.mediakeep.testing.process.ServerProcess;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The file system of a server, a real one of 64 MiB, is filled during uploads. Without root no file system can be
 * mounted, and the test is skipped. All databases and stores, and more remaining sizes, with {@code
 * -Dmediakeep.disk.all=true}.
 */
@Timeout(300)
class FullDiskIT {
    private static final boolean ALL = Boolean.getBoolean("mediakeep.disk.all");
    private static final List<Integer> LEFT_OVER =
            ALL ? List.of(0, 4 << 10, 40 << 10, 400 << 10, 4 << 20) : List.of(0, 40 << 10);
    private static final List<Integer> SIZES = List.of(10, 100_000, 20_000_000);

    private final Random random = new Random(17);
    private final Map<String, byte[]> acknowledged = new HashMap<>();
    private Path disk;
    private Path filler;

    @TempDir
    Path directory;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(directory.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", disk.toString()) == 0,
                "only root may mount a small file system");
        filler = disk.resolve("filler");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", "-l", disk.toString());
    }

    private static int run(String... command) throws Exception {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException noSuchCommand) {
            return 1;
        }
    }

    static Stream<String> kinds() {
        return ALL ? Stream.of("H2 and disk", "H2 alone", "PostgreSQL and disk") : Stream.of("H2 and disk");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void acknowledgedUploadsAreServedAndUploadsContinueWithSpace(String kind) throws Exception {
        TestConfig config = new TestConfig(disk.resolve("data"));
        if (kind.equals("H2 alone")) {
            config.with("blobs: {kind: database}");
        } else if (kind.startsWith("PostgreSQL")) {
            config.on(PostgresServer.freshDatabase());
        }
        config.writeTo(directory);
        try (ServerProcess server = start()) {
            Client alice = alice(server);
            assertThat(upload(alice, 5_000_000)).isEqualTo(200);
            for (int left : LEFT_OVER) {
                fill(left);
                for (int size : SIZES) {
                    assertThat(upload(alice, size))
                            .as("%d bytes with %d left", size, left)
                            .isIn(200, 503, 507);
                }
                assertServesAll(alice);
                freeSpace(alice);
            }
            assertThat(server.log()).doesNotContain("Exception:", "\tat ");
            fill(0);
            server.kill();
        }
        assertStartsOnAFullDisk();
        fill(0);
        assertStartsOnAFullDisk();
    }

    private void assertStartsOnAFullDisk() throws Exception {
        try (ServerProcess server = start()) {
            Client alice = alice(server);
            assertServesAll(alice);
            assertThat(upload(alice, 10)).isEqualTo(507);
            assertThat(server.log()).contains("uploads are rejected until").doesNotContain("Exception:", "\tat ");
            freeSpace(alice);
        }
    }

    private ServerProcess start() throws IOException {
        return ServerProcess.ofWar(directory, "-Xmx256m");
    }

    private static Client alice(ServerProcess server) {
        return new Client(server.url(), TestConfig.ALICE);
    }

    private int upload(Client alice, int size) throws Exception {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        HttpResponse<byte[]> response = alice.upload(bytes, "application/octet-stream", "cat");
        if (response.statusCode() == 200) {
            acknowledged.put(Client.json(response).getString("content_uri"), bytes);
        } else {
            assertThat(response.headers().firstValue("Retry-After")).isPresent();
        }
        return response.statusCode();
    }

    /** Right after a failure the database may still be reopening. */
    private void assertServesAll(Client alice) throws Exception {
        for (Map.Entry<String, byte[]> stored : acknowledged.entrySet()) {
            Eventually.holds(() -> {
                HttpResponse<byte[]> response = alice.get(Client.download(stored.getKey()));
                assertThat(response.statusCode()).isEqualTo(200);
                assertThat(Arrays.equals(response.body(), stored.getValue())).isTrue();
            });
        }
    }

    private void freeSpace(Client alice) throws Exception {
        Files.delete(filler);
        Eventually.holds(() -> assertThat(upload(alice, 10)).isEqualTo(200));
    }

    /** Fills the disk until this number of bytes is left. */
    private void fill(int left) throws IOException {
        try (FileChannel file = FileChannel.open(filler, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            long rest = Files.getFileStore(disk).getUsableSpace() - left;
            while (rest > 0) {
                byte[] piece = new byte[(int) Math.min(rest, 1 << 16)];
                rest -= file.write(ByteBuffer.wrap(piece));
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }
}
