package io.mediakeep.safety;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.Client;
import io.mediakeep.testing.Eventually;
import io.mediakeep.testing.StoredData;
import io.mediakeep.testing.TestConfig;
import io.mediakeep.testing.process.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The real WAR in a process of its own, under hostile requests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SafetyContract {
    @TempDir
    static Path shared;

    Path directory;
    ServerProcess server;
    Client alice;

    /** The options of the JVM. */
    List<String> jvmOptions() {
        return List.of();
    }

    /** Additional configuration in YAML. */
    String configured() {
        return "";
    }

    /** Starts the server in a directory with its configuration. */
    ServerProcess launch(Path configured) throws IOException {
        return ServerProcess.ofWar(configured, jvmOptions().toArray(String[]::new));
    }

    /** The exit code after SIGTERM. */
    int exitCode() {
        return 0;
    }

    @BeforeAll
    void start() throws IOException {
        directory = Files.createDirectories(shared.resolve(getClass().getSimpleName()));
        new TestConfig(directory.resolve("data")).with(configured()).writeTo(directory);
        server = launch(directory);
        alice = new Client(server.url(), TestConfig.ALICE);
    }

    @AfterAll
    void stop() throws Exception {
        assertThat(server.terminate()).isEqualTo(exitCode());
        assertThat(server.log()).doesNotContain("OutOfMemoryError", "ERROR", "token");
    }

    /** The request line and the headers that every request of a test has. */
    static String head(String method, String path) {
        return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + TestConfig.ALICE
                + "\r\n";
    }

    /** Checks that the spool directory has no files of ended requests. */
    void assertSpoolEmpty() throws Exception {
        assertSpoolEmpty(directory);
    }

    /** The same for a server in another directory. */
    static void assertSpoolEmpty(Path directory) throws Exception {
        Eventually.holds(() -> assertThat(StoredData.files(directory.resolve("data/blobs/spool")))
                .isZero());
    }
}
