package io.mediakeep.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mediakeep.testing.process.ServerProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in processes of its own, in a minimal WAR. */
class LauncherTest {
    private static final int LIBRARIES = 40;
    private static final int LIBRARY_BYTES = 200_000;

    @TempDir
    Path directory;

    private Path war;
    private Path cache;

    @BeforeEach
    void makeWar() throws IOException {
        war = directory.resolve("some.war");
        cache = directory.resolve("cache/mediakeep");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Launcher.class.getName());
        try (OutputStream file = Files.newOutputStream(war);
                JarOutputStream jar = new JarOutputStream(file, manifest)) {
            for (Class<?> type : List.of(Launcher.class, PrivateDirectory.class)) {
                add(jar, type.getName().replace('.', '/') + ".class", classBytes(type));
            }
            byte[] library = new byte[LIBRARY_BYTES];
            new Random(1).nextBytes(library);
            for (int i = 0; i < LIBRARIES; i++) {
                add(jar, "WEB-INF/lib/" + i + ".jar", library);
            }
            add(jar, "WEB-INF/lib-embedded/server.jar", library);
        }
    }

    @Test
    void concurrentFirstStartsSucceed() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            processes.add(unpack());
        }
        List<String> said = new ArrayList<>();
        for (Process process : processes) {
            said.add(output(process));
            assertThat(process.waitFor()).as(said.toString()).isZero();
        }
        assertThat(said).allMatch(said.get(0)::equals);
        try (Stream<Path> left = Files.list(cache)) {
            assertThat(left).containsExactly(Path.of(said.get(0)));
        }
        try (Stream<Path> libraries = Files.list(Path.of(said.get(0), "WEB-INF/lib"))) {
            assertThat(libraries).hasSize(LIBRARIES);
        }
    }

    @Test
    void unpackedFilesAreReadableByTheirOwnerOnly() throws Exception {
        assumeOwners();
        Files.createDirectories(cache);
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
        Process process = unpack();
        Path unpacked = Path.of(output(process));
        assertThat(process.waitFor()).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(unpacked)))
                .isEqualTo("rwx------");
    }

    @Test
    void rejectsLibrariesWritableByOtherUsers() throws Exception {
        assumeOwners();
        Process first = unpack();
        Path unpacked = Path.of(output(first));
        assertThat(first.waitFor()).isZero();
        Files.setPosixFilePermissions(unpacked, PosixFilePermissions.fromString("rwxrwxr-x"));
        assertRejected();
    }

    @Test
    void rejectsASymbolicLinkAsDirectory() throws Exception {
        assumeOwners();
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Files.createDirectories(cache.getParent());
        Files.createSymbolicLink(cache, elsewhere);
        assertRejected();
    }

    @Test
    void rejectsADirectoryOfAnotherUser() throws Exception {
        assumeOwners();
        Files.createDirectories(cache);
        assumeTrue(changeOwner(cache), "only root can change the owner of a directory");
        assertRejected();
    }

    private void assertRejected() throws Exception {
        Process process = unpack();
        assertThat(output(process)).startsWith("Mediakeep cannot unpack itself").contains("XDG_CACHE_HOME");
        assertThat(process.waitFor()).isEqualTo(1);
    }

    private Process unpack() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        ServerProcess.java(), "-XX:TieredStopAtLevel=1", "-jar", war.toString(), "--unpack")
                .redirectErrorStream(true);
        builder.environment().put("XDG_CACHE_HOME", cache.getParent().toString());
        return builder.start();
    }

    private static String output(Process process) throws Exception {
        String said = new String(process.getInputStream().readAllBytes()).strip();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return said;
    }

    private static boolean changeOwner(Path directory) {
        try {
            Files.setOwner(
                    directory,
                    directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
            return true;
        } catch (UserPrincipalNotFoundException anonymous) {
            return false;
        } catch (IOException notAllowed) {
            return false;
        }
    }

    private void assumeOwners() {
        assumeTrue(directory.getFileSystem().supportedFileAttributeViews().contains("posix"));
    }

    private static void add(JarOutputStream jar, String name, byte[] bytes) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(bytes);
        jar.closeEntry();
    }

    private static byte[] classBytes(Class<?> type) throws IOException {
        try (InputStream bytes = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            return bytes.readAllBytes();
        }
    }
}
