package io.mediakeep.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.blob.disk.DiskBlobStore;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.persistence.shared.StoreIdentity;
import io.mediakeep.testing.LogCapture;
import io.mediakeep.testing.disk.Disks;
import io.mediakeep.testing.fault.FaultyDisk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store whose file system is mounted and unmounted: its directory is empty, or contains another store. */
class VerifiedStoreTest {
    private static final StoreIdentity IDENTITY = new StoreIdentity(UUID.randomUUID(), "the database");
    private static final byte[] BYTES = {1, 2, 3};

    @TempDir
    Path directory;

    private Path root;
    private Path away;
    private VerifiedStore store;
    private SpoolDirectory spools;
    private Spool spool;
    private BlobLocation stored;

    @BeforeEach
    void begin() throws IOException {
        root = directory.resolve("blobs");
        away = directory.resolve("away");
        store = new VerifiedStore(new DiskBlobStore(root), IDENTITY, true);
        store.identify(IDENTITY);
        spools = SpoolDirectory.open(directory.resolve("spool"));
        spool = spools.receive(new ByteArrayInputStream(BYTES), BYTES.length);
        stored = BlobLocation.newFor(spool.id());
        store.put(spool, stored);
    }

    @AfterEach
    void end() throws IOException {
        spool.close();
        spools.close();
    }

    @Test
    void missingBlobsOfAnUnmountedStoreAreNotLost() throws IOException {
        unmount();
        assertRejected(() -> store.open(stored, 0, 3));
        assertRejected(() -> store.delete(stored));
        mount();
        try (InputStream bytes = store.open(stored, 0, 3)) {
            assertThat(bytes.readAllBytes()).isEqualTo(BYTES);
        }
    }

    @Test
    void nothingIsWrittenIntoTheMountPoint() throws IOException {
        unmount();
        assertRejected(() -> store.put(spool, stored));
        assertThat(root).isEmptyDirectory();
        Files.delete(root);
        assertRejected(() -> store.put(spool, stored));
        assertThat(root).doesNotExist();
    }

    @Test
    void anotherStoreAtItsPathIsNotUsed() throws IOException {
        unmount();
        new DiskBlobStore(root).identify(new StoreIdentity(UUID.randomUUID(), "another database"));
        assertRejected(() -> store.put(spool, stored));
        assertRejected(() -> store.open(stored, 0, 3));
    }

    @Test
    void missingBlobsOfTheMountedStoreAreLost() throws IOException {
        store.delete(stored);
        assertThatThrownBy(() -> store.open(stored, 0, 3)).isInstanceOf(BlobNotFoundException.class);
        assertThat(store.state().available()).isTrue();
    }

    @Test
    void unmountingAndMountingAreLoggedOnceEach() throws IOException {
        try (LogCapture recording = new LogCapture()) {
            unmount();
            for (int i = 0; i < 3; i++) {
                assertRejected(() -> store.open(stored, 0, 3));
                assertThat(store.check().available()).isFalse();
            }
            assertThat(store.state().reason()).contains("no identity");
            mount();
            store.check();
            store.put(spool, stored);
            assertThat(store.state().available()).isTrue();
            assertThat(recording.text().lines().filter(line -> line.contains("blob store")))
                    .hasSize(2)
                    .first()
                    .asString()
                    .contains("not available")
                    .startsWith("ERROR");
        }
    }

    @Test
    void aReadOnlyStoreGetsItsIdentityWhenItIsWritable() throws IOException {
        Files.delete(root.resolve(".mediakeep-store"));
        try (FaultyDisk disk = new FaultyDisk(root, FaultyDisk.Fault.NO_SPACE)) {
            VerifiedStore late = new VerifiedStore(new DiskBlobStore(Disks.path(root)), IDENTITY, false);
            disk.failAfter(0);
            assertRejected(() -> late.put(spool, stored));
            late.open(stored, 0, 3).close();
            disk.repair();
            unmount();
            assertRejected(() -> late.put(spool, stored));
            assertThat(root).isEmptyDirectory();
            mount();
            late.put(spool, stored);
            assertThat(store.identity()).contains(IDENTITY);
        }
    }

    private void unmount() throws IOException {
        Files.move(root, away);
        Files.createDirectory(root);
    }

    private void mount() throws IOException {
        Files.delete(root);
        Files.move(away, root);
    }

    private static void assertRejected(ThrowingCallable use) {
        assertThatThrownBy(use).isInstanceOfSatisfying(MatrixException.class, exception -> {
            assertThat(exception.status()).isEqualTo(503);
            assertThat(exception.retryAfter()).isPresent();
        });
    }
}
