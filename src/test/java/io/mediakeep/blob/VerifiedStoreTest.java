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
    Path folder;

    private Path root;
    private Path away;
    private VerifiedStore store;
    private SpoolDirectory spools;
    private Spool spool;
    private BlobLocation kept;

    @BeforeEach
    void begin() throws IOException {
        root = folder.resolve("blobs");
        away = folder.resolve("away");
        store = new VerifiedStore(new DiskBlobStore(root), IDENTITY, true);
        store.identify(IDENTITY);
        spools = SpoolDirectory.open(folder.resolve("spool"));
        spool = spools.receive(new ByteArrayInputStream(BYTES), BYTES.length);
        kept = BlobLocation.newFor(spool.id());
        store.put(spool, kept);
    }

    @AfterEach
    void end() throws IOException {
        spool.close();
        spools.close();
    }

    @Test
    void missingBlobsOfAnUnmountedStoreAreNotLost() throws IOException {
        unmount();
        refused(() -> store.open(kept, 0, 3));
        refused(() -> store.delete(kept));
        mount();
        try (InputStream bytes = store.open(kept, 0, 3)) {
            assertThat(bytes.readAllBytes()).isEqualTo(BYTES);
        }
    }

    @Test
    void nothingIsWrittenIntoTheMountPoint() throws IOException {
        unmount();
        refused(() -> store.put(spool, kept));
        assertThat(root).isEmptyDirectory();
        Files.delete(root);
        refused(() -> store.put(spool, kept));
        assertThat(root).doesNotExist();
    }

    @Test
    void anotherStoreAtItsPathIsNotUsed() throws IOException {
        unmount();
        new DiskBlobStore(root).identify(new StoreIdentity(UUID.randomUUID(), "another database"));
        refused(() -> store.put(spool, kept));
        refused(() -> store.open(kept, 0, 3));
    }

    @Test
    void missingBlobsOfTheMountedStoreAreLost() throws IOException {
        store.delete(kept);
        assertThatThrownBy(() -> store.open(kept, 0, 3)).isInstanceOf(BlobNotFoundException.class);
        assertThat(store.state().available()).isTrue();
    }

    @Test
    void unmountingAndMountingAreLoggedOnceEach() throws IOException {
        try (LogCapture recording = new LogCapture()) {
            unmount();
            for (int i = 0; i < 3; i++) {
                refused(() -> store.open(kept, 0, 3));
                assertThat(store.check().available()).isFalse();
            }
            assertThat(store.state().reason()).contains("no identity");
            mount();
            store.check();
            store.put(spool, kept);
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
            refused(() -> late.put(spool, kept));
            late.open(kept, 0, 3).close();
            disk.repair();
            unmount();
            refused(() -> late.put(spool, kept));
            assertThat(root).isEmptyDirectory();
            mount();
            late.put(spool, kept);
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

    private static void refused(ThrowingCallable use) {
        assertThatThrownBy(use).isInstanceOfSatisfying(MatrixException.class, refusal -> {
            assertThat(refusal.status()).isEqualTo(503);
            assertThat(refusal.retryAfter()).isPresent();
        });
    }
}
