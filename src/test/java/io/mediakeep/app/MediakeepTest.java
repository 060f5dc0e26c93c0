package io.mediakeep.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.mediakeep.app.log.StartupFailure;
import io.mediakeep.testing.TestConfig;
import io.mediakeep.testing.process.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The output when the server cannot start: one line with the reason, and an exit code. */
class MediakeepTest {
    @TempDir
    Path directory;

    @Test
    void aBusyPortIsNamed() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            MainProcess ended = runWith("listen: {port: " + other.getLocalPort() + "}");
            assertThat(ended.errors())
                    .startsWith("Cannot start: cannot listen on http://127.0.0.1:" + other.getLocalPort() + ": ");
            assertFails(ended);
        }
    }

    @Test
    void anAddressOfAnotherHostIsNamed() throws Exception {
        assertThat(reasonWith("listen: {host: 192.0.2.1, port: 0}"))
                .startsWith("cannot listen on http://192.0.2.1:0: ");
    }

    @Test
    void aHostThatHasNoAddressIsNamed() throws Exception {
        String host = "x".repeat(64); // a label that is too long for DNS
        assertThat(reasonWith("listen: {host: " + host + ", port: 0}"))
                .startsWith("cannot listen on http://" + host + ":0: ");
    }

    @Test
    void aDataDirectoryThatIsAFileIsNamed() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "not a directory");
        assertThat(reasonWith("data-dir: " + file)).isEqualTo(file + " is not a directory");
    }

    @Test
    void aDataDirectoryThatCannotBeCreatedIsNamed() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "not a directory");
        assertThat(reasonWith("data-dir: " + file.resolve("data"))).startsWith(file.toString());
    }

    @Test
    void aDataDirectoryInUseIsNamed() throws Exception {
        Path config = new TestConfig(directory.resolve("data")).writeTo(directory);
        try (ServerProcess first = ServerProcess.start(
                MainProcess.command("--config", config.toString()), directory, ServerProcess.LISTENING, null)) {
            MainProcess second = MainProcess.run(directory, "--config", config.toString());
            assertThat(second.errors()).startsWith("Cannot start: ").contains("already in use");
            assertFails(second);
            assertThat(first.process().isAlive()).isTrue();
        }
    }

    @Test
    void anInvalidAdministratorTokenIsNamed() throws Exception {
        Path token = Files.writeString(
                Files.createDirectories(directory.resolve("data")).resolve("admin-token"), "secret");
        assertThat(reasonWith("data-dir: data"))
                .startsWith(token.toRealPath().toString())
                .doesNotContain("secret");
    }

    @Test
    void anUnreachableDatabaseIsWaitedForAndNamed() throws Exception {
        int port = unusedPort();
        MainProcess ended = runWith("database: {url: 'jdbc:postgresql://127.0.0.1:" + port
                + "/mediakeep', username: mediakeep, password: a-secret, start-timeout: 2s}");
        assertThat(ended.output()).containsOnlyOnce("Waiting up to 2 s for the database");
        assertThat(ended.errors()).startsWith("Cannot start: ").contains("127.0.0.1:" + port);
        assertThat(ended.errors() + ended.output()).doesNotContain("a-secret");
        assertFails(ended);
    }

    @Test
    void aMissingConfigurationFileIsNamed() throws Exception {
        MainProcess ended = MainProcess.run(directory, "--config", "nothing.yaml");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.errors())
                .contains(directory.toRealPath().resolve("nothing.yaml").toString());
        assertThat(ended.errors()).doesNotContain("Exception", "\tat ");
    }

    @Test
    void everyMistakeInAConfigurationIsNamed() throws Exception {
        MainProcess ended = runWith("listen: {port: high}\nserver-nmae: example.org\nuploads: {max-size: -1}");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.errors())
                .contains("listen.port", "server-nmae", "uploads.max-size", "mediakeep.yaml")
                .doesNotContain("Exception", "\tat ");
        assertThat(ended.output()).isEmpty();
        assertThat(directory.resolve("data")).doesNotExist();
    }

    @Test
    void sigtermExitsWithCode0() throws Exception {
        Path config = new TestConfig(directory.resolve("data")).writeTo(directory);
        try (ServerProcess server = ServerProcess.start(
                MainProcess.command("--config", config.toString()), directory, ServerProcess.LISTENING, null)) {
            assertThat(server.terminate()).isZero();
            assertThat(server.log())
                    .contains("Mediakeep for example.org, rows in ")
                    .contains("Stopped")
                    .doesNotContain("ERROR", "WARN", TestConfig.ALICE);
        }
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    private MainProcess runWith(String yaml) throws IOException, InterruptedException {
        Files.writeString(directory.resolve("mediakeep.yaml"), yaml);
        return MainProcess.run(directory);
    }

    /** The reason that is printed, of a start in this JVM, which takes less time than a process. */
    private String reasonWith(String yaml) throws IOException {
        Files.writeString(directory.resolve("mediakeep.yaml"), yaml);
        Throwable failure = catchThrowable(() -> new ServerInProcess(directory).close());
        String reason = StartupFailure.describe(failure);
        assertThat(reason).hasLineCount(1);
        return reason;
    }

    /** Exit code 1, one line, and no stack trace. */
    private static void assertFails(MainProcess ended) {
        assertThat(ended.errors().strip()).hasLineCount(1);
        assertThat(ended.errors() + ended.output()).doesNotContain("\tat ", "Listening on");
        assertThat(ended.code()).isEqualTo(1);
    }
}
