package io.mediakeep.app;

import io.mediakeep.blob.BlobSettings;
import io.mediakeep.blob.BlobStore;
import io.mediakeep.blob.S3Settings;
import io.mediakeep.blob.cache.BlobCache;
import io.mediakeep.blob.database.DatabaseBlobStore;
import io.mediakeep.blob.disk.DiskBlobStore;
import io.mediakeep.blob.s3.S3BlobStore;
import io.mediakeep.persistence.Transactions;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The configured blob store.
 *
 * @param bucket the store itself where it is a bucket
 */
record BlobStores(BlobStore store, Optional<S3BlobStore> bucket) {

    /** The cache in front of the store, if one is configured; the closer closes it. */
    static Optional<BlobCache> cache(BlobSettings settings, BlobStore store, Closer closer) throws IOException {
        Optional<S3Settings.Cache> cache = settings instanceof S3Settings s3 ? s3.cache() : Optional.empty();
        return cache.isPresent()
                ? Optional.of(closer.register(BlobCache.open(cache.get(), store, InstantSource.system())))
                : Optional.empty();
    }

    /** As configured; the closer closes its client. */
    static BlobStores of(BlobSettings settings, Transactions transactions, Closer closer) {
        if (settings instanceof S3Settings s3) {
            S3BlobStore bucket = closer.register(new S3BlobStore(s3, InstantSource.system()));
            return new BlobStores(bucket, Optional.of(bucket));
        }
        BlobStore local = settings instanceof BlobSettings.Disk disk
                ? new DiskBlobStore(disk.root())
                : new DatabaseBlobStore(transactions);
        return new BlobStores(local, Optional.empty());
    }
}
