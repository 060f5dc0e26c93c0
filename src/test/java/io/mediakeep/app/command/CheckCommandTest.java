package io.mediakeep.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.app.MainProcess;
import io.mediakeep.app.ServerInProcess;
import io.mediakeep.testing.Client;
import io.mediakeep.testing.PostgresServer;
import io.mediakeep.testing.TestConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
    @TempDir
    Path directory;

    private CommandRun run = new CommandRun();
    private Path token;

    @BeforeEach
    void writeToken() throws IOException {
        token = Files.writeString(directory.resolve("token"), TestConfig.ADMIN + "\n");
    }

    @Test
    void aServerOnH2DoesTheWorkWhileItRunsAndTheCommandDoesItAfterwards() throws Exception {
        String lost;
        try (ServerInProcess server = new ServerInProcess(directory, Map.of())) {
            lost = new Client(server.url(), TestConfig.ALICE).mxc("a cat".getBytes(StandardCharsets.UTF_8));
            String[] onServer = {"--server", server.url() + "/", "--token-file", token.toString()};
            assertThat(check(onServer)).isEqualTo(ExitCode.DONE);
            assertThat(run.errors()).contains("check: done: 1 items");
            Files.delete(blob());
            assertThat(check(onServer)).isEqualTo(ExitCode.FOUND);
            assertThat(run.output()).contains("The bytes are missing: ", lost);

            MainProcess here = MainProcess.run(
                    directory,
                    "check",
                    "--config",
                    directory.resolve("mediakeep.yaml").toString());
            assertThat(here.code()).isEqualTo(ExitCode.FAILED);
            assertThat(here.errors()).contains("a running server uses the database", "--server");
            assertThat(check("--server", server.url().toString(), "--token-file", "/nothing"))
                    .isEqualTo(ExitCode.FAILED);
            Files.writeString(token, TestConfig.ALICE);
            assertThat(check(onServer)).isEqualTo(ExitCode.FAILED);
            assertThat(run.errors()).contains("the server responds with 403: ").doesNotContain(TestConfig.ALICE);
        }
        assertThat(check()).isEqualTo(ExitCode.FOUND);
        assertThat(run.output()).contains("The bytes are missing: ", lost);
        assertThat(check("--deep", "--repair")).isEqualTo(ExitCode.FOUND);
        assertThat(run.output()).contains("The bytes are missing; the blob is marked as lost: ");
    }

    @Test
    void worksBesideAServerOnPostgres() throws Exception {
        new TestConfig(directory.resolve("data"))
                .on(PostgresServer.freshDatabase())
                .writeTo(directory);
        try (ServerInProcess server = new ServerInProcess(directory)) {
            new Client(server.url(), TestConfig.ALICE).mxc("a cat".getBytes(StandardCharsets.UTF_8));
            assertThat(check("--deep")).isEqualTo(ExitCode.DONE);
            Files.writeString(Files.createDirectories(blob().getParent()).resolve(orphan()), "an orphan");
            assertThat(check()).isEqualTo(ExitCode.FOUND);
            assertThat(run.output()).contains("No row refers to the bytes: ");
        }
    }

    @Test
    void doesNotCreateADatabase() throws Exception {
        new TestConfig(directory.resolve("data")).writeTo(directory);
        assertThat(check()).isEqualTo(ExitCode.FAILED);
        assertThat(run.errors()).contains("there is no database", "--config").doesNotContain("\tat ");
        assertThat(directory.resolve("data")).doesNotExist();
    }

    private int check(String... options) {
        run = new CommandRun();
        List<String> config = List.of(options).contains("--server")
                ? List.of()
                : List.of("--config", directory.resolve("mediakeep.yaml").toString());
        return run.execute(Stream.of(Stream.of("check"), config.stream(), Stream.of(options))
                .flatMap(part -> part)
                .toArray(String[]::new));
    }

    /** The only blob. */
    private Path blob() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("data/blobs"))) {
            return files.filter(file -> file.getFileName().toString().length() > 64)
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** The name of another generation of the only blob. */
    private String orphan() throws IOException {
        return blob().getFileName().toString().substring(0, 64) + "-00000000-0000-4000-8000-000000000000";
    }
}
