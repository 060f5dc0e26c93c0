package io.mediakeep.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.app.ServerInProcess;
import io.mediakeep.testing.Client;
import io.mediakeep.testing.StoredData;
import io.mediakeep.testing.TestConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MoveBlobsCommandTest {
    private static final byte[] CAT = "a cat".getBytes(StandardCharsets.UTF_8);
    private static final byte[] DOG = "a dog".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    @Test
    void movesTheBlobsOfARunningServerFromADirectoryIntoTheDatabase() throws Exception {
        String cat;
        try (ServerInProcess server = new ServerInProcess(directory, Map.of())) {
            cat = new Client(server.url(), TestConfig.ALICE).mxc(CAT);
        }
        String dog;
        Map<String, String> both =
                Map.of("blobs.kind", "database", "blobs.also-read", "disk", "storage.accept-other-store", "true");
        try (ServerInProcess server = new ServerInProcess(directory, both)) {
            Client client = new Client(server.url(), TestConfig.ALICE);
            assertThat(client.get(Client.download(cat)).body()).isEqualTo(CAT);
            dog = client.mxc(DOG);
            assertThat(StoredData.files(directory.resolve("data/blobs"))).isOne();

            CommandRun rejected = new CommandRun();
            assertThat(move(rejected, server, "s3")).isEqualTo(ExitCode.FAILED);
            assertThat(rejected.errors()).contains("responds with 400: Blobs are stored in database, not in s3");
            CommandRun run = new CommandRun();
            assertThat(move(run, server, "database")).isEqualTo(ExitCode.DONE);
            assertThat(run.errors()).contains("move-blobs: done: 2 items");
            assertThat(move(run, server, "database", "--remove")).isEqualTo(ExitCode.DONE);
            assertThat(StoredData.files(directory.resolve("data/blobs"))).isZero();
        }
        try (ServerInProcess server = new ServerInProcess(directory, Map.of("blobs.kind", "database"))) {
            Client client = new Client(server.url(), TestConfig.ALICE);
            assertThat(client.get(Client.download(cat)).body()).isEqualTo(CAT);
            assertThat(client.get(Client.download(dog)).body()).isEqualTo(DOG);
        }
    }

    @Test
    void needsASecondStore() throws Exception {
        try (ServerInProcess server = new ServerInProcess(directory, Map.of())) {
            CommandRun run = new CommandRun();
            assertThat(move(run, server, "disk")).isEqualTo(ExitCode.FAILED);
            assertThat(run.errors()).contains("Only one store is configured");
        }
    }

    private int move(CommandRun run, ServerInProcess server, String to, String... more) throws Exception {
        Path token = Files.writeString(directory.resolve("token"), TestConfig.ADMIN);
        List<String> arguments = new ArrayList<>(List.of("move-blobs", "--to", to, "--server"));
        arguments.addAll(List.of(server.url().toString(), "--token-file", token.toString()));
        arguments.addAll(List.of(more));
        return run.execute(arguments.toArray(String[]::new));
    }
}
