package io.mediakeep.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.app.ServerInProcess;
import io.mediakeep.migrate.SampleStore;
import io.mediakeep.migrate.source.SourceSettings;
import io.mediakeep.testing.Client;
import io.mediakeep.testing.TestConfig;
import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that import and export, beside servers that are stopped. */
class ImportCommandTest {
    private static final String NOTES = "mxc://c.mk.test:22301/DvybbWntFfHLNvLwMIWtrXKN";

    @TempDir
    Path directory;

    private SampleStore store;
    private CommandRun run = new CommandRun();

    @BeforeEach
    void create() throws Exception {
        store = SampleStore.onSqlite(SourceSettings.Kind.SYNAPSE, Files.createDirectory(directory.resolve("store")));
        new TestConfig(directory.resolve("data")).of("c.mk.test:22301").writeTo(directory);
    }

    private int run(Path installation, String... arguments) {
        run = new CommandRun();
        return run.execute(Stream.concat(
                        Stream.of(arguments),
                        Stream.of(
                                "--config",
                                installation.resolve("mediakeep.yaml").toString()))
                .toArray(String[]::new));
    }

    private int importStore(String... options) {
        List<String> source = List.of(
                "import",
                "synapse",
                "--database",
                store.url(),
                "--media-store",
                store.files().toString());
        return run(directory, Stream.concat(source.stream(), Stream.of(options)).toArray(String[]::new));
    }

    @Test
    void aStoreIsImportedAndLeavesAsArchiveAndForSynapse() throws Exception {
        new ServerInProcess(directory).close();
        Path notes = store.files().resolve("local_content/Dv/yb/bWntFfHLNvLwMIWtrXKN");
        Path away = Files.move(notes, directory.resolve("away"));
        assertThat(importStore("--dry-run")).isEqualTo(ExitCode.FOUND);
        assertThat(run.output()).contains("The file is missing: local_content/Dv/yb/bWntFfHLNvLwMIWtrXKN: " + NOTES);
        assertThat(importStore("--link")).isEqualTo(ExitCode.FOUND);
        Files.move(away, notes);
        assertThat(importStore()).isEqualTo(ExitCode.DONE);
        Path archive = exported();

        Path other = directory.resolve("other");
        new TestConfig(other.resolve("data")).of("c.mk.test:22301").writeTo(other);
        new ServerInProcess(other).close();
        assertThat(run(other, "import", "archive", archive.toString())).isEqualTo(ExitCode.DONE);
        assertThat(run.errors()).contains(archive + ": " + store.items().size() + " media items were adopted");
        Path sql = directory.resolve("rows.sql");
        String[] export = {
            "export", "synapse", "--media-store", directory.resolve("media").toString(), "--sql", sql.toString()
        };
        assertThat(run(other, export)).isEqualTo(ExitCode.DONE);
        assertThat(Files.readAllLines(sql)).hasSize(store.items().size());
        assertThat(directory.resolve("media/local_content/Dv/yb/bWntFfHLNvLwMIWtrXKN"))
                .hasSameBinaryContentAs(notes);
    }

    /** Downloads the archive of all media, which is that of the store. */
    private Path exported() throws Exception {
        try (ServerInProcess server = new ServerInProcess(directory)) {
            Client admin = new Client(server.url(), TestConfig.ADMIN);
            for (JsonObject item : store.items()) {
                assertThat(admin.get(Client.download(item.getString("mxc"))).statusCode())
                        .isEqualTo(item.getInt("status"));
            }
            return Files.write(
                    directory.resolve("all.tar"),
                    admin.get("/_mediakeep/admin/v1/export?remote=true").body());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "import",
                "import synapse",
                "import mmr --database jdbc:sqlite:x --media-store y",
                "import synapse --database jdbc:sqlite:x --media-store y --server-name a/b",
                "import dendrite --database jdbc:sqlite:/nothing.db --media-store /tmp",
                "import archive",
                "import archive /nothing.tar",
                "export",
                "export synapse --media-store x",
                "export synapse --media-store x --sql y --database z"
            })
    void whatCannotBeginIsReportedInOneLine(String command) {
        assertThat(run(directory, command.split(" "))).isEqualTo(ExitCode.FAILED);
        assertThat(run.errors().strip()).isNotEmpty().doesNotContain("\tat ");
        assertThat(run.output()).isEmpty();
    }
}
