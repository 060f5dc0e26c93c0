package io.mediakeep.integrity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.BlobNotFoundException;
import io.mediakeep.blob.BlobStore;
import io.mediakeep.blob.BlobStoreContract;
import io.mediakeep.blob.Spool;
import io.mediakeep.blob.SpoolDirectory;
import io.mediakeep.blob.disk.DiskBlobStore;
import io.mediakeep.persistence.shared.StoreIdentity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BothStoresTest implements BlobStoreContract {
    @TempDir
    Path directory;

    private BlobStore first;
    private BlobStore second;
    private BlobStore both;
    private SpoolDirectory spools;

    @BeforeEach
    void open() throws IOException {
        first = new DiskBlobStore(directory.resolve("first"));
        second = new DiskBlobStore(directory.resolve("second"));
        both = new BothStores(first, second);
        both.identify(new StoreIdentity(UUID.randomUUID(), ""));
        spools = SpoolDirectory.open(directory.resolve("spool"));
    }

    @AfterEach
    void close() throws IOException {
        spools.close();
    }

    @Override
    public BlobStore store() {
        return both;
    }

    @Override
    public SpoolDirectory spools() {
        return spools;
    }

    @Test
    void putsIntoTheFirstAndReadsAndRemovesFromBoth() throws IOException {
        BlobLocation old = putInto(second, 20);
        BlobLocation young = putAgain(bytes(21, 10));
        assertThat(first.list(Optional.empty(), 10))
                .extracting(BlobStore.Listed::location)
                .containsExactly(young);
        assertThat(whole(old)).isEqualTo(bytes(20, 10));
        assertThat(both.file(old)).isEqualTo(second.file(old));
        putInto(first, 20, old);
        assertThat(listed(1)).extracting(BlobStore.Listed::location).containsExactlyInAnyOrder(old, young);
        assertThat(both.deleteAll(List.of(old))).isEmpty();
        both.delete(young);
        assertThat(first.isEmpty() && second.isEmpty()).isTrue();
        assertThatThrownBy(() -> both.open(old, 0, 1)).isInstanceOf(BlobNotFoundException.class);
    }

    @Test
    void hasNoIdentityUnlessBothHaveTheSame() throws IOException {
        second.identify(new StoreIdentity(UUID.randomUUID(), ""));
        assertThatThrownBy(both::identity).isInstanceOf(IOException.class).hasMessageContaining("different");
        BlobStore unmounted = new DiskBlobStore(directory.resolve("unmounted"));
        assertThat(new BothStores(unmounted, second).identity()).isEmpty();
        assertThat(new BothStores(first, unmounted).identity()).isEmpty();
    }

    private BlobLocation putInto(BlobStore store, int seed) throws IOException {
        try (Spool spool = spools.receive(new ByteArrayInputStream(bytes(seed, 10)), 10)) {
            BlobLocation location = BlobLocation.newFor(spool.id());
            store.put(spool, location);
            return location;
        }
    }

    private void putInto(BlobStore store, int seed, BlobLocation location) throws IOException {
        try (Spool spool = spools.receive(new ByteArrayInputStream(bytes(seed, 10)), 10)) {
            store.put(spool, location);
        }
    }
}
