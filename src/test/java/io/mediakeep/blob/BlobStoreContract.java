package io.mediakeep.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.persistence.shared.StoreIdentity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The contract of all blob stores. */
public interface BlobStoreContract {
    int CHUNK = 256 * 1024;

    BlobStore store();

    /** Where the bytes for the store are received. */
    SpoolDirectory spools();

    @Test
    default void returnsTheBytesOfASmallBlob() throws IOException {
        byte[] bytes = bytes(1, 1000);
        assertThat(whole(put(bytes))).isEqualTo(bytes);
    }

    @Test
    default void returnsTheBytesOfALargeBlob() throws IOException {
        byte[] bytes = bytes(2, 2 * CHUNK + 77);
        assertThat(whole(put(bytes))).isEqualTo(bytes);
    }

    @Test
    default void returnsTheBytesOfABlobThatEndsWithItsChunk() throws IOException {
        byte[] bytes = bytes(3, 2 * CHUNK);
        assertThat(whole(put(bytes))).isEqualTo(bytes);
    }

    @Test
    default void storesAnEmptyBlob() throws IOException {
        BlobLocation id = put(new byte[0]);
        assertThat(whole(id)).isEmpty();
        assertThat(range(id, 5, 10)).isEmpty();
    }

    @Test
    default void returnsAnyRange() throws IOException {
        byte[] bytes = bytes(4, 3 * CHUNK + 5);
        BlobLocation id = put(bytes);
        assertThat(range(id, 0, 10)).isEqualTo(Arrays.copyOf(bytes, 10));
        assertThat(range(id, 100, 50)).isEqualTo(Arrays.copyOfRange(bytes, 100, 150));
        assertThat(range(id, CHUNK - 3, CHUNK + 6)).isEqualTo(Arrays.copyOfRange(bytes, CHUNK - 3, 2 * CHUNK + 3));
        assertThat(range(id, CHUNK, CHUNK)).isEqualTo(Arrays.copyOfRange(bytes, CHUNK, 2 * CHUNK));
        assertThat(range(id, 7, 0)).isEmpty();
    }

    @Test
    default void truncatesARangeAtTheEndOfTheBlob() throws IOException {
        byte[] bytes = bytes(5, CHUNK + 9);
        BlobLocation id = put(bytes);
        assertThat(range(id, CHUNK + 4, Long.MAX_VALUE)).isEqualTo(Arrays.copyOfRange(bytes, CHUNK + 4, CHUNK + 9));
        assertThat(range(id, CHUNK + 9, 1)).isEmpty();
        assertThat(range(id, 1L << 40, Long.MAX_VALUE)).isEmpty();
    }

    @Test
    default void returnsSingleBytes() throws IOException {
        BlobLocation id = put(new byte[] {1, (byte) 0xff});
        try (InputStream stream = store().open(id, 0, Long.MAX_VALUE)) {
            assertThat(stream.read()).isEqualTo(1);
            assertThat(stream.read()).isEqualTo(0xff);
            assertThat(stream.read()).isEqualTo(-1);
        }
    }

    @Test
    default void rejectsANegativeRange() throws IOException {
        BlobLocation id = put(bytes(6, 10));
        assertThatThrownBy(() -> store().open(id, -1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store().open(id, 1, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    default void storingTheSameBlobTwiceChangesNothing() throws IOException {
        byte[] bytes = bytes(7, CHUNK + 1);
        assertThat(put(bytes)).isEqualTo(put(bytes));
        assertThat(whole(put(bytes))).isEqualTo(bytes);
    }

    @Test
    default void openingAMissingBlobFails() {
        assertThatThrownBy(() -> store().open(new BlobLocation("0".repeat(64)), 0, 1))
                .isInstanceOf(BlobNotFoundException.class);
        assertThat(store().file(new BlobLocation("0".repeat(64)))).isEmpty();
    }

    @Test
    default void doesNotOpenADeletedBlob() throws IOException {
        byte[] bytes = bytes(8, 20 * CHUNK + 1);
        BlobLocation id = put(bytes);
        store().delete(id);
        assertThatThrownBy(() -> store().open(id, 0, 1)).isInstanceOf(BlobNotFoundException.class);
        assertThat(store().file(id)).isEmpty();
        assertThat(whole(put(bytes))).isEqualTo(bytes);
    }

    @Test
    default void aDelayedRemovalDoesNotRemoveTheNextGeneration() throws IOException {
        byte[] bytes = bytes(11, CHUNK + 1);
        BlobLocation unnamed = put(bytes);
        BlobLocation first = putAgain(bytes);
        store().delete(unnamed);
        store().delete(first);
        BlobLocation second = putAgain(bytes);
        store().delete(unnamed);
        store().delete(first);
        assertThat(whole(second)).isEqualTo(bytes);
        assertThatThrownBy(() -> store().open(first, 0, 1)).isInstanceOf(BlobNotFoundException.class);
    }

    @Test
    default void deletingAMissingBlobChangesNothing() throws IOException {
        BlobLocation stored = put(bytes(9, 10));
        store().delete(new BlobLocation("1".repeat(64)));
        assertThat(whole(stored)).hasSize(10);
    }

    @Test
    default void eightThreadsCanStoreTheSameBlobConcurrently() throws Exception {
        byte[] bytes = bytes(10, 2 * CHUNK + 3);
        CyclicBarrier start = new CyclicBarrier(8);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<byte[]>> copies = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                copies.add(threads.submit(() -> {
                    start.await();
                    return whole(put(bytes));
                }));
            }
            for (Future<byte[]> copy : copies) {
                assertThat(copy.get()).isEqualTo(bytes);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    default void storesTheIdentityOfItsDatabase() throws IOException {
        StoreIdentity first = new StoreIdentity(UUID.randomUUID(), "jdbc:h2:file:/srv/mediakeep");
        StoreIdentity second = new StoreIdentity(UUID.randomUUID(), "jdbc:postgresql://db.example.org/m\u00e9dia");
        for (StoreIdentity identity : List.of(first, second, second)) {
            store().identify(identity);
            assertThat(store().identity()).contains(identity);
        }
    }

    @Test
    default void isEmptyUntilABlobIsStored() throws IOException {
        BlobLocation stored = putAgain(bytes(12, 10));
        store().identify(new StoreIdentity(UUID.randomUUID(), ""));
        assertThat(store().isEmpty()).isFalse();
        store().delete(stored);
        assertThat(store().isEmpty()).isEqualTo(!hasOtherBlobs());
    }

    @Test
    default void listsItsBlobsInOrder() throws IOException {
        Map<String, Long> stored = new TreeMap<>();
        for (int i = 0; i < 9; i++) {
            stored.put(putAgain(bytes(100 + i, i * 10)).value(), i * 10L);
        }
        BlobLocation removed = putAgain(bytes(120, 5));
        store().delete(removed);
        for (int max : new int[] {4, BlobStore.MAX_LISTED}) {
            List<BlobStore.Listed> listed = listed(max);
            assertThat(listed)
                    .doesNotHaveDuplicates()
                    .isSortedAccordingTo(
                            Comparator.comparing(blob -> blob.location().id().sha256()))
                    .filteredOn(blob -> stored.containsKey(blob.location().value()))
                    .extracting(BlobStore.Listed::size)
                    .containsExactlyElementsOf(stored.values());
            assertThat(listed).extracting(BlobStore.Listed::location).doesNotContain(removed);
        }
    }

    @Test
    default void listsAllGenerationsOfABlob() throws IOException {
        byte[] bytes = bytes(121, 10);
        BlobLocation unnamed = put(bytes);
        List<BlobLocation> generations = List.of(unnamed, putAgain(bytes), putAgain(bytes));
        assertThat(listed(1)).extracting(BlobStore.Listed::location).containsAll(generations);
    }

    /** The blobs of the store, in pages. */
    default List<BlobStore.Listed> listed(int max) throws IOException {
        List<BlobStore.Listed> all = new ArrayList<>();
        List<BlobStore.Listed> page = store().list(Optional.empty(), max);
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(max);
            all.addAll(page);
            page = store().list(Optional.of(all.get(all.size() - 1).location()), max);
        }
        return all;
    }

    /** Whether the store holds the blobs of other tests. */
    default boolean hasOtherBlobs() {
        return false;
    }

    /** Pseudorandom bytes, the same for each call. */
    default byte[] bytes(int seed, int count) {
        byte[] bytes = new byte[count];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    default BlobLocation put(byte[] bytes) throws IOException {
        try (Spool spool = spools().receive(new ByteArrayInputStream(bytes), bytes.length)) {
            BlobLocation location = new BlobLocation(spool.id().sha256()); // the format of version 1
            store().put(spool, location);
            return location;
        }
    }

    /** Stores the bytes at a location that was never used before. */
    default BlobLocation putAgain(byte[] bytes) throws IOException {
        try (Spool spool = spools().receive(new ByteArrayInputStream(bytes), bytes.length)) {
            BlobLocation location = BlobLocation.newFor(spool.id());
            store().put(spool, location);
            return location;
        }
    }

    default byte[] whole(BlobLocation id) throws IOException {
        return range(id, 0, Long.MAX_VALUE);
    }

    default byte[] range(BlobLocation id, long offset, long length) throws IOException {
        try (InputStream stream = store().open(id, offset, length)) {
            return stream.readAllBytes();
        }
    }
}
