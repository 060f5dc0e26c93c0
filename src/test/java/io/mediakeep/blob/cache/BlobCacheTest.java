package io.mediakeep.blob.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.BlobNotFoundException;
import io.mediakeep.blob.S3Settings;
import io.mediakeep.storage.StoreUnavailableException;
import io.mediakeep.testing.Concurrently;
import io.mediakeep.testing.Eventually;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Reading through the cache, and filling it. */
class BlobCacheTest extends BlobCacheFixture {
    @Test
    void aBlobIsReadFromTheStoreOnce() throws Exception {
        BlobLocation location = store.add(1, SIZE);
        assertThat(read(location)).isEqualTo(store.bytes(location));
        awaitCached(location);
        assertThat(read(location)).isEqualTo(store.bytes(location));
        assertThat(Files.readAllBytes(cache.file(location).orElseThrow())).isEqualTo(store.bytes(location));
        assertThat(range(location, SIZE - 10, 100))
                .isEqualTo(Arrays.copyOfRange(store.bytes(location), SIZE - 10, SIZE));
        assertThat(store.opened()).isOne();
    }

    @Test
    void concurrentReadersShareOneRead() throws Exception {
        BlobLocation location = store.add(2, SIZE);
        store.holdAfter(SIZE / 2);
        assertThat(range(location, 0, 1000)).as("what has been received").hasSize(1000);
        CompletableFuture<List<Object>> readers = CompletableFuture.supplyAsync(() -> readTwice(location));
        store.release();
        assertThat(readers.get(30, TimeUnit.SECONDS))
                .allSatisfy(bytes -> assertThat(bytes).isEqualTo(store.bytes(location)));
        assertThat(store.opened()).isOne();
    }

    private List<Object> readTwice(BlobLocation location) {
        try {
            return Concurrently.run(2, () -> read(location));
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void aRangeFarAheadIsNotWaitedFor() throws IOException {
        try (BlobCache large = BlobCache.open(
                new S3Settings.Cache(root.resolve("large"), 8 * BlobCache.MAX_AHEAD), store, InstantSource.system())) {
            int size = (int) BlobCache.MAX_AHEAD + 2000;
            BlobLocation location = store.add(3, size);
            store.holdAfter(1000);
            large.open(location, 0, 10).close();
            assertThat(store.opened()).isOne();
            try (InputStream end = large.open(location, size - 500, 500)) {
                assertThat(end.readAllBytes()).isEqualTo(Arrays.copyOfRange(store.bytes(location), size - 500, size));
            }
            assertThat(store.opened()).isEqualTo(2);
            store.release();
        }
    }

    @Test
    void aBlobThatIsTooLargeIsReadWithoutBeingCached() throws Exception {
        BlobLocation other = cached(23);
        BlobLocation location = store.add(24, SIZE + 1);
        assertThat(read(location)).isEqualTo(store.bytes(location));
        assertThat(isCached(location)).isFalse();
        Eventually.holds(() -> assertThat(cache.used()).isEqualTo(SIZE).isEqualTo(sizeOfFiles()));
        assertThat(isCached(other)).isTrue();
    }

    @Test
    void aFillThatFailsLeavesNothing() throws Exception {
        BlobLocation location = store.add(25, SIZE);
        store.holdAfter(SIZE / 2);
        range(location, 0, 10);
        store.setAway(true);
        store.release();
        assertThatThrownBy(() -> read(location)).isInstanceOf(StoreUnavailableException.class);
        Eventually.holds(() -> assertThat(cache.used()).isZero().isEqualTo(sizeOfFiles()));
        store.setAway(false);
        assertThat(read(location)).isEqualTo(store.bytes(location));
        awaitCached(location);
    }

    @Test
    void aBlobThatDoesNotExistIsNotFoundAtOnce() {
        BlobLocation absent = new BlobLocation("0".repeat(64));
        assertThatThrownBy(() -> cache.open(absent, 0, 10)).isInstanceOf(BlobNotFoundException.class);
        assertThatThrownBy(() -> cache.open(absent, 0, 0)).isInstanceOf(BlobNotFoundException.class);
    }

    @Test
    void aDeletedBlobIsEvicted() throws Exception {
        BlobLocation location = cached(26);
        cache.evict(location);
        assertThat(isCached(location)).isFalse();
        assertThat(cache.used()).isZero().isEqualTo(sizeOfFiles());
    }

    @Test
    void aBlobThatIsDeletedWhileItIsFilledIsNotAdded() throws Exception {
        BlobLocation location = store.add(27, SIZE);
        store.holdAfter(SIZE / 2);
        range(location, 0, 10);
        cache.evict(location);
        store.release();
        Eventually.holds(() -> assertThat(sizeOfFiles()).isZero());
        assertThat(isCached(location)).isFalse();
        assertThat(cache.used()).isZero();
    }

    @Test
    void whatOtherNodesHaveDeletedIsRemoved() throws Exception {
        BlobLocation deleted = cached(28), remaining = cached(29);
        cache.removeDeleted(all -> {
            assertThat(all).containsExactlyInAnyOrder(deleted, remaining);
            return Set.of(remaining);
        });
        assertThat(isCached(deleted)).isFalse();
        assertThat(isCached(remaining)).isTrue();
    }
}
