package io.mediakeep.blob.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.BlobNotFoundException;
import io.mediakeep.blob.BlobStore;
import io.mediakeep.blob.BlobStoreContract;
import io.mediakeep.blob.Spool;
import io.mediakeep.blob.SpoolDirectory;
import io.mediakeep.persistence.Database;
import io.mediakeep.persistence.DatabaseSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The contract of the store in the database, in addition to that of all stores. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class DatabaseBlobStoreContract implements BlobStoreContract {
    private Database database;
    private SpoolDirectory spools;

    /** The database; all tests share it. */
    abstract DatabaseSettings settings(Path directory);

    @BeforeAll
    void open(@TempDir Path directory) throws IOException {
        database = Database.open(settings(directory));
        spools = SpoolDirectory.open(directory.resolve("spool"));
    }

    @AfterAll
    void close() throws IOException {
        spools.close();
        database.close();
    }

    @Override
    public SpoolDirectory spools() {
        return spools;
    }

    @Override
    public boolean hasOtherBlobs() {
        return !new ChunkCatalog(database.transactions()).isEmpty();
    }

    @Override
    public BlobStore store() {
        return new DatabaseBlobStore(database.transactions());
    }

    @Test
    void doesNotServeChunksThatACrashLeft() throws IOException {
        byte[] bytes = bytes(100, 2 * CHUNK + 8);
        BlobLocation id = idOf(bytes);
        new ChunkCatalog(database.transactions()).write(id, 0, Arrays.copyOf(bytes, CHUNK));
        assertThatThrownBy(() -> store().open(id, 0, 1)).isInstanceOf(BlobNotFoundException.class);
        put(bytes);
        assertThat(whole(id)).isEqualTo(bytes);
    }

    @Test
    void deletesChunksThatACrashLeft() throws IOException {
        BlobLocation id = idOf(bytes(101, 10));
        ChunkCatalog catalog = new ChunkCatalog(database.transactions());
        catalog.write(id, 3, new byte[5]);
        catalog.write(id, 40, new byte[5]);
        store().delete(id);
        assertThat(catalog.chunk(id, 3)).isEmpty();
        assertThat(catalog.chunk(id, 40)).isEmpty();
    }

    @Test
    void repairsADamagedChunk() throws IOException {
        byte[] bytes = bytes(102, CHUNK + 8);
        BlobLocation id = put(bytes);
        new ChunkCatalog(database.transactions()).write(id, 1, new byte[8]);
        assertThat(whole(put(bytes))).isEqualTo(bytes);
    }

    @Test
    void failsWhenABlobIsDeletedWhileItIsRead() throws IOException {
        BlobLocation id = put(bytes(103, 3 * CHUNK));
        try (InputStream stream = store().open(id, 0, Long.MAX_VALUE)) {
            stream.readNBytes(10);
            store().delete(id);
            assertThatThrownBy(stream::readAllBytes).isInstanceOf(IOException.class);
        }
    }

    @Test
    void doesNotStoreATruncatedSpool() throws IOException {
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
