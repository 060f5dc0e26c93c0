package io.mediakeep.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.matrix.ErrorCode;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.testing.disk.Disk;
import io.mediakeep.testing.disk.Disks;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolDirectoryTest {
    @TempDir
    Path root;

    private Instant now = Instant.parse("2030-01-01T00:00:00Z");
    private SpoolDirectory spools;

    @BeforeEach
    void open() throws IOException {
        spools = SpoolDirectory.open(root, () -> now);
    }

    @AfterEach
    void close() throws IOException {
        spools.close();
    }

    @Test
    void recreatesItsDirectoryButNotAMissingRoot() throws IOException {
        Path spool = root.resolve("spool");
        Path away = root.resolve("away");
        try (SpoolDirectory unsteady = SpoolDirectory.open(spool)) {
            try (Stream<Path> directories = Files.list(spool)) {
                for (Path directory : directories.toList()) {
                    LockedSpoolDirectory.remove(directory);
                }
            }
            unsteady.receive(new ByteArrayInputStream(new byte[3]), 10).close();
            Files.move(spool, away);
            assertThatThrownBy(() -> unsteady.receive(new ByteArrayInputStream(new byte[3]), 10))
                    .isInstanceOfSatisfying(
                            MatrixException.class,
                            exception -> assertThat(exception.status()).isEqualTo(503));
            assertThat(unsteady.sweep()).isZero();
            assertThat(spool).doesNotExist();
            Files.move(away, spool);
            unsteady.receive(new ByteArrayInputStream(new byte[3]), 10).close();
        }
    }

    @Test
    void receivesToTheEnd() throws IOException {
        try (Spool spool = spools.receive(new ByteArrayInputStream(new byte[] {'a', 'b', 'c'}), 3)) {
            assertThat(spool.file()).hasContent("abc");
            assertThat(spool.size()).isEqualTo(3);
            assertThat(spool.id()).hasToString("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void aFileThatCannotBeLinkedIsCopied() throws IOException {
        Path file =
                Files.writeString(Files.createDirectory(root.resolve("store")).resolve("file"), "abc");
        try (Spool spool = spools.link(file)) {
            assertThat(Files.isSameFile(spool.file(), file)).isTrue();
        }
        assertThat(file).hasContent("abc");
        Disk withoutLinks = new Disk() {
            @Override
            public FileChannel open(Path opened, boolean forWriting, Opening opening) throws IOException {
                return opening.open();
            }

            @Override
            public void change(Operation operation, Path path, Path target, Change change) throws IOException {
                if (operation == Operation.LINK) {
                    throw new FileSystemException(path.toString(), target.toString(), "Operation not permitted");
                }
                change.make();
            }
        };
        Path linkless = Disks.intercept(Files.createDirectory(root.resolve("linkless")), withoutLinks);
        try (SpoolDirectory copying = SpoolDirectory.open(Disks.path(linkless));
                Spool spool = copying.link(file)) {
            assertThat(Files.readString(spool.file())).isEqualTo("abc");
            assertThat(spool.size()).isEqualTo(3);
        } finally {
            Disks.release(withoutLinks);
        }
    }

    @Test
    void receivesAnEmptyBody() throws IOException {
        try (Spool spool = spools.receive(InputStream.nullInputStream(), 0)) {
            assertThat(spool.size()).isZero();
            assertThat(spool.id()).hasToString("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        }
    }

    @Test
    void receivesABodyInPieces() throws IOException {
        InputStream pieces = new SlowBody(200_001, 777, () -> {});
        try (Spool spool = spools.receive(pieces, Long.MAX_VALUE)) {
            assertThat(spool.size()).isEqualTo(200_001);
            assertThat(spool.file()).hasBinaryContent(new byte[200_001]);
        }
    }

    @Test
    void createsFilesReadableByTheirOwnerOnly() throws IOException {
        try (Spool spool = spools.receive(InputStream.nullInputStream(), 0)) {
            assertThat(permissions(spool.file())).isEqualTo("rw-------");
            assertThat(permissions(spool.file().resolveSibling("."))).isEqualTo("rwx------");
        }
    }

    @Test
    void stopsReadingOneByteOverTheLimit() throws IOException {
        SlowBody body = new SlowBody(1_000_000, 500_000, () -> {});
        assertThatThrownBy(() -> spools.receive(body, 100_000))
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        exception -> assertThat(exception.code()).isEqualTo(ErrorCode.M_TOO_LARGE));
        assertThat(body.count()).isEqualTo(100_001);
        assertThat(files()).isEmpty();
    }

    @Test
    void leavesNoFileOfATruncatedBody() throws IOException {
        InputStream broken = new SlowBody(1_000_000, 1000, () -> {
            throw new IOException("the client is gone");
        });
        assertThatThrownBy(() -> spools.receive(broken, Long.MAX_VALUE)).hasMessage("the client is gone");
        assertThat(files()).isEmpty();
    }

    @Test
    void rejectsATooSlowSender() throws IOException {
        SlowBody body = new SlowBody(1_000_000, 1000, () -> now = now.plusSeconds(1));
        assertThatThrownBy(() -> spools.receive(body, Long.MAX_VALUE))
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        exception -> assertThat(exception.status()).isEqualTo(408));
        assertThat(body.count()).isEqualTo(62_000);
        assertThat(files()).isEmpty();
    }

    @Test
    void acceptsASlowSender() throws IOException {
        SlowBody body = new SlowBody(1_000_000, 1024, () -> now = now.plusSeconds(1));
        try (Spool spool = spools.receive(body, Long.MAX_VALUE)) {
            assertThat(spool.size()).isEqualTo(1_000_000);
        }
    }

    @Test
    void acceptsAPauseAtTheBeginning() throws IOException {
        SlowBody body = new SlowBody(20, 10, () -> now = now.plusSeconds(30));
        try (Spool spool = spools.receive(body, Long.MAX_VALUE)) {
            assertThat(spool.size()).isEqualTo(20);
        }
    }

    @Test
    void doesNotDeleteAFileThatAStoreHasMoved() throws IOException {
        Path taken = root.resolve("taken");
        try (Spool spool = spools.receive(new ByteArrayInputStream(new byte[] {'a', 'b', 'c'}), 3)) {
            Files.move(spool.file(), taken);
        }
        assertThat(taken).hasContent("abc");
    }

    @Test
    void removesItsDirectoryWhenItIsClosed() throws IOException {
        spools.receive(InputStream.nullInputStream(), 0);
        spools.close();
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void sweepsAnUnlockedDirectory() throws IOException {
        Path left = Files.createDirectory(root.resolve("receiving-0-0-1"));
        Files.createFile(left.resolve(".lock"));
        Files.writeString(left.resolve("1"), "half");
        Files.writeString(left.resolve("2"), "half");
        assertThat(spools.sweep()).isEqualTo(2);
        assertThat(left).doesNotExist();
    }

    @Test
    void sweepsADirectoryWithoutLockFileOnlyWhenItIsOld() throws IOException {
        Path left = Files.createDirectory(root.resolve("receiving-0-0-1"));
        Files.createFile(left.resolve(".lock.new"));
        now = Files.getLastModifiedTime(left).toInstant().plus(Duration.ofSeconds(59));
        spools.sweep();
        assertThat(left).exists();
        now = now.plusSeconds(2);
        spools.sweep();
        assertThat(left).doesNotExist();
    }

    @Test
    void sweepsNoOtherFiles() throws IOException {
        Path other = Files.createDirectory(root.resolve("photos"));
        Files.writeString(other.resolve("cat.jpeg"), "meow");
        now = now.plus(Duration.ofDays(10_000));
        assertThat(spools.sweep()).isZero();
        assertThat(other.resolve("cat.jpeg")).exists();
    }

    @Test
    void sweepsOnlyDirectoriesOfDeadProcesses() throws Exception {
        try (SpoolProcess other = SpoolProcess.thatReceives(root)) {
            assertThat(spools.sweep()).isZero();
            assertThat(other.file()).exists();
            other.kill();
            assertThat(spools.sweep()).isEqualTo(1);
            assertThat(other.file().getParent()).doesNotExist();
        }
    }

    @Test
    void keepsItsLockWhenASweepRunsInThisProcess() throws Exception {
        try (SpoolDirectory second = SpoolDirectory.open(root);
                Spool spool = spools.receive(InputStream.nullInputStream(), 0)) {
            spools.sweep();
            second.sweep();
            assertThat(SpoolProcess.sweep(root)).isZero();
            assertThat(spool.file()).exists();
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith(".lock"))
                    .toList();
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
