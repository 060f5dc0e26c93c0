package io.mediakeep.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.Client;
import io.mediakeep.testing.LogCapture;
import io.mediakeep.testing.TestConfig;
import io.mediakeep.testing.process.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    Path directory;

    @Test
    void otherUsersHaveNoAccessWhateverTheUmask() throws Exception {
        Path config = new TestConfig(directory.resolve("data")).writeTo(directory);
        List<String> command = MainProcess.command("--config", config.toString());
        List<String> withoutUmask = Stream.concat(
                        Stream.of("/bin/sh", "-c", "umask 000; exec \"$0\" \"$@\""), command.stream())
                .toList();
        try (ServerProcess server = ServerProcess.start(withoutUmask, directory, ServerProcess.LISTENING, null)) {
            new Client(server.url(), TestConfig.ALICE).mxc(new byte[10]);
            assertThat(Files.exists(directory.resolve("data/mediakeep.mv.db"))).isTrue();
            assertThat(modes()).containsExactlyInAnyOrder("rwx------", "rw-------");
            assertThat(server.log()).doesNotContain("Other users");
        }
    }

    @Test
    void permissionsOfOthersAreRemovedAndLoggedInOneLine() throws Exception {
        Path data = directory.resolve("data");
        Path shared = Files.createDirectory(directory.resolve("shared"));
        open(shared);
        Map<String, String> elsewhere = Map.of("blobs.disk.path", shared.toString());
        new ServerInProcess(directory, elsewhere).close();
        Files.createFile(data.resolve("mediakeep.trace.db"));
        Files.createFile(data.resolve("mediakeep.mv.db.journal"));
        Files.createFile(data.resolve("admin-token"));
        try (Stream<Path> all = Files.walk(data)) {
            all.forEach(DataDirectoryTest::open);
        }
        try (LogCapture recording = new LogCapture()) {
            new ServerInProcess(directory, elsewhere).close();
            assertThat(recording.text().lines().filter(line -> line.contains("Other users had access to")))
                    .singleElement()
                    .asString()
                    .contains("admin-token", "mediakeep.mv.db,", "mediakeep.mv.db.journal", "mediakeep.trace.db")
                    .doesNotContain("shared");
        }
        assertThat(modes()).containsExactlyInAnyOrder("rwx------", "rw-------");
        assertThat(mode(shared)).isEqualTo("rwxrwxrwx");
    }

    private Set<String> modes() throws IOException {
        try (Stream<Path> all = Files.walk(directory.resolve("data"))) {
            return all.map(DataDirectoryTest::mode).collect(Collectors.toSet());
        }
    }

    private static String mode(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private static void open(Path path) {
        try {
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString(Files.isDirectory(path) ? "rwxrwxrwx" : "rw-rw-rw-"));
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
