package io.mediakeep.safety;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.Concurrently;
import io.mediakeep.testing.StoredData;
import io.mediakeep.testing.TestConfig;
import io.mediakeep.testing.process.ServerProcess;
import io.mediakeep.testing.process.ServerUsage;
import io.mediakeep.testing.server.RemoteHomeserver;
import io.mediakeep.testing.server.TestFederation;
import io.mediakeep.testing.server.TestSite;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four clients send every kind of request: none fails, and what the server uses stays within bounds. Nothing is timed;
 * {@code src/bench/soak.sh} measures for as long as one likes.
 */
class SoakIT {
    /**
     * The number of requests that two cores process in about ten seconds; {@code -Dmediakeep.soak.requests=20000} is
     * the long version.
     */
    private static final int REQUESTS = Integer.getInteger("mediakeep.soak.requests", 800);

    private static final int CLIENTS = 4;
    private static final long MAX_THREADS = 120, MAX_DESCRIPTORS = 200, MAX_LIVE_HEAP = 100L << 20;

    /**
     * The bound on the size of the database's file and its journal, under load and after a stop: a constant, and an
     * amount per stored file.
     */
    private static final long UNDER_LOAD = 64L << 20,
            UNDER_LOAD_EACH = 3 << 10,
            STOPPED = 32L << 20,
            STOPPED_EACH = 2 << 10;

    @TempDir
    Path directory;

    @Test
    void resourceUsageIsBounded() throws Exception {
        try (TestFederation federation = new TestFederation(directory);
                RemoteHomeserver origin = new RemoteHomeserver(
                        federation.address(), 0, federation.certificates().server(federation.address()));
                TestSite site = new TestSite()) {
            new TestConfig(data())
                    .with(federation.yaml("127.0.0.1"))
                    .with("uploads: {max-pending: " + REQUESTS + "}")
                    .remote("burst: 1TiB")
                    .writeTo(directory);
            try (ServerProcess server = ServerProcess.ofWar(directory, "-Xmx256m", "-XX:+ExitOnOutOfMemoryError")) {
                assertAllServed(server, origin, site);
                assertBounded(server);
                assertThat(server.terminate()).isZero();
                assertThat(server.log()).doesNotContain("OutOfMemoryError", "ERROR");
            }
            assertThat(databaseBytes()).isLessThanOrEqualTo(STOPPED + STOPPED_EACH * storedFiles());
        }
    }

    private static void assertAllServed(ServerProcess server, RemoteHomeserver origin, TestSite site) throws Exception {
        AtomicInteger requestsLeft = new AtomicInteger(REQUESTS);
        AtomicInteger clients = new AtomicInteger();
        List<Object> outcomes = Concurrently.run(
                CLIENTS,
                () -> new BusyClient(server.url(), origin, site, requestsLeft, clients.incrementAndGet()).run());
        assertThat(outcomes).hasSize(CLIENTS).hasOnlyElementsOfType(Integer.class);
    }

    private void assertBounded(ServerProcess server) throws Exception {
        ServerUsage usage = ServerUsage.of(server.process());
        assertThat(usage.threads()).isLessThanOrEqualTo(MAX_THREADS);
        assertThat(usage.descriptors()).isLessThanOrEqualTo(MAX_DESCRIPTORS);
        assertThat(usage.liveHeap()).isLessThanOrEqualTo(MAX_LIVE_HEAP);
        assertThat(databaseBytes()).isLessThanOrEqualTo(UNDER_LOAD + UNDER_LOAD_EACH * storedFiles());
        SafetyContract.assertSpoolEmpty(directory);
    }

    private long storedFiles() throws IOException {
        return StoredData.files(data().resolve("blobs"));
    }

    private long databaseBytes() throws IOException {
        long bytes = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(data(), "*.mv.db*")) {
            for (Path file : files) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    private Path data() {
        return directory.resolve("data");
    }
}
