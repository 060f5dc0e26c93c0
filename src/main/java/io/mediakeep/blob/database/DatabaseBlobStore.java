package io.mediakeep.blob.database;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.BlobNotFoundException;
import io.mediakeep.blob.BlobStore;
import io.mediakeep.blob.Spool;
import io.mediakeep.persistence.Transactions;
import io.mediakeep.persistence.shared.StoreIdentity;
import io.mediakeep.persistence.shared.StoreIdentityCatalog;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/**
 * Stores each blob as rows of chunks, so that it can be streamed and read at a range. Between two chunks no connection
 * is held. A row that is written last marks the blob complete.
 */
public final class DatabaseBlobStore implements BlobStore {
    private final ChunkCatalog catalog;
    private final StoreIdentityCatalog identities;

    /** A store in the database of these transactions. */
    public DatabaseBlobStore(Transactions transactions) {
        this.catalog = new ChunkCatalog(transactions);
        this.identities = new StoreIdentityCatalog(transactions);
    }

    @Override
    public void put(Spool spool, BlobLocation location) throws IOException {
        ChunkLayout layout = new ChunkLayout(spool.size());
        try (InputStream bytes = Files.newInputStream(spool.file())) {
            for (int seq = 0; seq < layout.count(); seq++) {
                catalog.write(location, seq, next(bytes, layout.lengthOf(seq)));
            }
        }
        catalog.complete(location, spool.size());
    }

    private static byte[] next(InputStream bytes, int length) throws IOException {
        byte[] chunk = new byte[length];
        if (bytes.readNBytes(chunk, 0, length) < length) {
            throw new EOFException("the spooled file is shorter than it was");
        }
        return chunk;
    }

    @Override
    public InputStream open(BlobLocation location, long offset, long length) throws IOException {
        long size = catalog.size(location).orElseThrow(() -> new BlobNotFoundException(location));
        return new ChunkStream(seq -> catalog.chunk(location, seq), new ChunkLayout(size), offset, length);
    }

    @Override
    public void delete(BlobLocation location) {
        catalog.remove(location);
    }

    @Override
    public List<Listed> list(Optional<BlobLocation> after, int max) {
        return catalog.list(after, max);
    }

    @Override
    public Optional<StoreIdentity> identity() {
        return identities.find(StoreIdentityCatalog.BLOBS);
    }

    @Override
    public void identify(StoreIdentity identity) {
        identities.set(StoreIdentityCatalog.BLOBS, identity);
    }

    @Override
    public boolean isEmpty() {
        return catalog.isEmpty();
    }
}
