package io.mediakeep.blob.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.BlobStore;
import io.mediakeep.blob.BlobStoreContract;
import io.mediakeep.blob.Spool;
import io.mediakeep.blob.SpoolDirectory;
import io.mediakeep.persistence.shared.StoreIdentity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskBlobStoreTest implements BlobStoreContract {
    @TempDir
    Path directory;

    private Path root;
    private DiskBlobStore store;
    private SpoolDirectory spools;

    @BeforeEach
    void open() throws IOException {
        root = directory.resolve("new/blobs");
        store = new DiskBlobStore(root);
        spools = SpoolDirectory.open(root.resolve("spool"));
    }

    @AfterEach
    void close() throws IOException {
        spools.close();
    }

    @Override
    public BlobStore store() {
        return store;
    }

    @Override
    public SpoolDirectory spools() {
        return spools;
    }

    @Test
    void storesABlobInAFileReadableByItsOwnerOnly() throws IOException {
        BlobLocation id = put(bytes(1, 10));
        Path expected = root.resolve(id.value().substring(0, 2))
                .resolve(id.value().substring(2, 4))
                .resolve(id.value());
        assertThat(store.file(id)).contains(expected);
        assertThat(expected).hasBinaryContent(bytes(1, 10));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(expected)))
                .isEqualTo("rw-------");
    }

    @Test
    void movesTheFileOfTheSpoolInsteadOfCopying() throws IOException {
        try (Spool spool = spools.receive(new ByteArrayInputStream(bytes(1, 10)), 10)) {
            BlobLocation id = BlobLocation.newFor(spool.id());
            store.put(spool, id);
            assertThat(Files.isSameFile(spool.file(), store.file(id).orElseThrow()))
                    .isTrue();
        }
    }

    @Test
    void storesTheSameSpoolTwice() throws IOException {
        try (Spool spool = spools.receive(new ByteArrayInputStream(bytes(1, 10)), 10)) {
            BlobLocation id = BlobLocation.newFor(spool.id());
            store.put(spool, id);
            store.delete(id);
            store.put(spool, id);
            store.put(spool, id);
            assertThat(whole(id)).isEqualTo(bytes(1, 10));
            Path stored = store.file(id).orElseThrow();
            assertThat(siblings(stored)).containsExactly(stored);
        }
    }

    @Test
    void repairsADamagedFile() throws IOException {
        BlobLocation id = put(bytes(1, 1000));
        Files.write(store.file(id).orElseThrow(), new byte[] {1, 2, 3});
        put(bytes(1, 1000));
        assertThat(whole(id)).isEqualTo(bytes(1, 1000));
    }

    @Test
    void recreatesARemovedShardDirectory() throws IOException {
        BlobLocation id = put(bytes(1, 10));
        Path file = store.file(id).orElseThrow();
        Files.delete(file);
        Files.delete(file.getParent());
        put(bytes(1, 10));
        assertThat(whole(id)).isEqualTo(bytes(1, 10));
    }

    @Test
    void doesNotServeATemporaryFileOfACrash() throws IOException {
        BlobLocation id = put(bytes(1, 10));
        Path file = store.file(id).orElseThrow();
        Files.move(file, file.resolveSibling("draft-1"));
        assertThat(store.file(id)).isEmpty();
        put(bytes(1, 10));
        assertThat(whole(id)).isEqualTo(bytes(1, 10));
    }

    @Test
    void copiesASpoolFromAnotherFileSystem() throws IOException {
        Path memory = Path.of("/dev/shm");
        assumeTrue(Files.isWritable(memory) && !Files.getFileStore(memory).equals(Files.getFileStore(root)));
        Path elsewhere = Files.createTempDirectory(memory, "spools");
        try (SpoolDirectory far = SpoolDirectory.open(elsewhere);
                Spool spool = far.receive(new ByteArrayInputStream(bytes(1, 100_000)), 100_000)) {
            BlobLocation id = BlobLocation.newFor(spool.id());
            store.put(spool, id);
            assertThat(whole(id)).isEqualTo(bytes(1, 100_000));
            Path stored = store.file(id).orElseThrow();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(stored)))
                    .isEqualTo("rw-------");
            assertThat(siblings(stored)).containsExactly(stored);
        } finally {
            Files.delete(elsewhere);
        }
    }

    @Test
    void readsFarBeyondTwoGigabytes() throws IOException {
        BlobLocation id = put(bytes(1, 10));
        long far = 5L << 30;
        try (FileChannel sparse = FileChannel.open(store.file(id).orElseThrow(), StandardOpenOption.WRITE)) {
            sparse.write(ByteBuffer.wrap(new byte[] {7, 8, 9}), far);
        }
        assertThat(range(id, far - 1, 3)).containsExactly(0, 7, 8);
    }

    @Test
    void readsABlobThatIsReplaced() throws IOException {
        BlobLocation id = put(bytes(1, 10));
        try (InputStream open = store.open(id, 0, 10)) {
            put(bytes(1, 10));
            assertThat(open.readAllBytes()).isEqualTo(bytes(1, 10));
        }
    }

    @Test
    void hasNoIdentityBeforeItsDirectoryIsCreated() throws IOException {
        DiskBlobStore unmade = new DiskBlobStore(directory.resolve("unmade/blobs"));
        assertThat(unmade.identity()).isEmpty();
        assertThat(unmade.isEmpty()).isTrue();
        assertThat(directory.resolve("unmade")).doesNotExist();
        StoreIdentity identity = new StoreIdentity(UUID.randomUUID(), "jdbc:h2:file:/srv/mediakeep");
        unmade.identify(identity);
        assertThat(new DiskBlobStore(directory.resolve("unmade/blobs")).identity())
                .contains(identity);
    }

    @Test
    void doesNotRecreateAMissingRoot() throws IOException {
        store.identify(new StoreIdentity(UUID.randomUUID(), ""));
        try (SpoolDirectory elsewhere = SpoolDirectory.open(directory.resolve("spool"));
                Spool spool = elsewhere.receive(new ByteArrayInputStream(bytes(1, 10)), 10)) {
            Files.move(root, directory.resolve("away"));
            assertThatThrownBy(() -> store.put(spool, BlobLocation.newFor(spool.id())))
                    .isInstanceOf(NoSuchFileException.class);
            assertThat(root).doesNotExist();
            Files.move(directory.resolve("away"), root);
        }
    }

    @Test
    void anInvalidIdentityIsAnError() throws IOException {
        store.identify(new StoreIdentity(UUID.randomUUID(), ""));
        Files.writeString(root.resolve(".mediakeep-store"), "not an id");
        assertThatThrownBy(() -> store.identity())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("id");
    }

    private static List<Path> siblings(Path file) throws IOException {
        try (Stream<Path> files = Files.list(file.getParent())) {
            return files.toList();
        }
    }
}
