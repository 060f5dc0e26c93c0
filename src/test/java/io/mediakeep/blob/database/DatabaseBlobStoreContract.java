package io.mediakeep.blob.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.BlobNotFoundException;
import io.mediakeep.blob.BlobStore;
import io.mediakeep.blob.BlobStoreContract;
import io.mediakeep.blob.Spool;
import io.mediakeep.persistence.Transactions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The contract of the store in the database, in addition to that of all stores. */
interface DatabaseBlobStoreContract extends BlobStoreContract {
    Transactions transactions();

    /** All tests share one database. */
    @Override
    default boolean hasOtherBlobs() {
        return !new ChunkCatalog(transactions()).isEmpty();
    }

    @Override
    default BlobStore store() {
        return new DatabaseBlobStore(transactions());
    }

    @Test
    default void doesNotServeChunksThatACrashLeft() throws IOException {
        byte[] bytes = bytes(100, 2 * CHUNK + 8);
        BlobLocation id = idOf(bytes);
        new ChunkCatalog(transactions()).write(id, 0, Arrays.copyOf(bytes, CHUNK));
        assertThatThrownBy(() -> store().open(id, 0, 1)).isInstanceOf(BlobNotFoundException.class);
        put(bytes);
        assertThat(whole(id)).isEqualTo(bytes);
    }

    @Test
    default void deletesChunksThatACrashLeft() throws IOException {
        BlobLocation id = idOf(bytes(101, 10));
        ChunkCatalog catalog = new ChunkCatalog(transactions());
        catalog.write(id, 3, new byte[5]);
        catalog.write(id, 40, new byte[5]);
        store().delete(id);
        assertThat(catalog.chunk(id, 3)).isEmpty();
        assertThat(catalog.chunk(id, 40)).isEmpty();
    }

    @Test
    default void repairsADamagedChunk() throws IOException {
        byte[] bytes = bytes(102, CHUNK + 8);
        BlobLocation id = put(bytes);
        new ChunkCatalog(transactions()).write(id, 1, new byte[8]);
        assertThat(whole(put(bytes))).isEqualTo(bytes);
    }

    @Test
    default void failsWhenABlobIsDeletedWhileItIsRead() throws IOException {
        BlobLocation id = put(bytes(103, 3 * CHUNK));
        try (InputStream stream = store().open(id, 0, Long.MAX_VALUE)) {
            stream.readNBytes(10);
            store().delete(id);
            assertThatThrownBy(stream::readAllBytes).isInstanceOf(IOException.class);
        }
    }

    @Test
    default void doesNotStoreATruncatedSpool() throws IOException {
        byte[] bytes = bytes(104, 2 * CHUNK);
        try (Spool spool = spools().receive(new ByteArrayInputStream(bytes), bytes.length)) {
            Files.write(spool.file(), Arrays.copyOf(bytes, CHUNK + 1));
            BlobLocation id = BlobLocation.newFor(spool.id());
            assertThatThrownBy(() -> store().put(spool, id)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> store().open(id, 0, 1)).isInstanceOf(BlobNotFoundException.class);
        }
    }

    private BlobLocation idOf(byte[] bytes) throws IOException {
        try (Spool spool = spools().receive(new ByteArrayInputStream(bytes), bytes.length)) {
            return new BlobLocation(spool.id().sha256());
        }
    }
}
