package io.mediakeep.app;

import io.mediakeep.blob.BlobSettings;
import io.mediakeep.blob.BlobStore;
import io.mediakeep.blob.S3Settings;
import io.mediakeep.blob.VerifiedStore;
import io.mediakeep.blob.cache.BlobCache;
import io.mediakeep.blob.database.DatabaseBlobStore;
import io.mediakeep.blob.disk.DiskBlobStore;
import io.mediakeep.blob.s3.S3BlobStore;
import io.mediakeep.config.Config;
import io.mediakeep.integrity.BlobMove;
import io.mediakeep.integrity.BothStores;
import io.mediakeep.integrity.StorePairing;
import io.mediakeep.integrity.StorePairing.Locations;
import io.mediakeep.media.blob.BlobIntegrityCatalog;
import io.mediakeep.persistence.Transactions;
import io.mediakeep.persistence.shared.StoreIdentityCatalog;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The configured blob store, or two while blobs are moved.
 *
 * @param store what is used
 * @param bucket the one that is a bucket
 * @param moved the two between which blobs are moved
 */
record BlobStores(VerifiedStore store, Optional<S3BlobStore> bucket, Optional<BlobMove.Stores> moved) {

    /** The cache in front of the store, if one is configured; the closer closes it. */
    static Optional<BlobCache> cache(BlobSettings settings, BlobStore store, Closer closer) throws IOException {
        Optional<S3Settings.Cache> cache = settings instanceof S3Settings s3 ? s3.cache() : Optional.empty();
        return cache.isPresent()
                ? Optional.of(closer.register(BlobCache.open(cache.get(), store, InstantSource.system())))
                : Optional.empty();
    }

    /** One store as it was opened. */
    private record Opened(BlobStore store, Optional<S3BlobStore> bucket) {}

    /**
     * As configured.
     *
     * @param closer closes the clients
     * @throws IOException when a store does not belong to the database
     */
    static BlobStores open(Config config, Transactions transactions, BlobIntegrityCatalog integrity, Closer closer)
            throws IOException {
        Opened opened = opened(config.blobs(), transactions, closer);
        if (config.alsoRead().isEmpty()) {
            VerifiedStore store = paired(opened, config.blobs(), config, transactions, integrity);
            return new BlobStores(store, opened.bucket(), Optional.empty());
        }
        Opened other = opened(config.alsoRead().get(), transactions, closer);
        VerifiedStore from = paired(other, config.alsoRead().get(), config, transactions, integrity);
        VerifiedStore to = paired(opened, config.blobs(), config, transactions, integrity);
        return new BlobStores(
                to.over(new BothStores(opened.store(), other.store())),
                opened.bucket().or(other::bucket),
                Optional.of(new BlobMove.Stores(from, to, kind(config.blobs()))));
    }

    private static Opened opened(BlobSettings settings, Transactions transactions, Closer closer) {
        if (settings instanceof S3Settings s3) {
            S3BlobStore bucket = closer.register(new S3BlobStore(s3, InstantSource.system()));
            return new Opened(bucket, Optional.of(bucket));
        }
        BlobStore local = settings instanceof BlobSettings.Disk disk
                ? new DiskBlobStore(disk.root())
                : new DatabaseBlobStore(transactions);
        return new Opened(local, Optional.empty());
    }

    /** The store, which is rejected unless it belongs to the database. */
    private static VerifiedStore paired(
            Opened opened,
            BlobSettings settings,
            Config config,
            Transactions transactions,
            BlobIntegrityCatalog integrity)
            throws IOException {
        Locations locations = new Locations(config.database().label(), label(settings));
        StorePairing pairing =
                new StorePairing(locations, opened.store(), new StoreIdentityCatalog(transactions), integrity);
        return pairing.pair(config.integrity().acceptOtherStore());
    }

    /** The kind, as in the configuration. */
    private static String kind(BlobSettings settings) {
        if (settings instanceof S3Settings) {
            return "s3";
        }
        return settings instanceof BlobSettings.Disk ? "disk" : "database";
    }

    /** Where blobs are stored, for the log. */
    static String label(BlobSettings settings) {
        if (settings instanceof S3Settings s3) {
            return s3.bucket().toString();
        }
        return settings instanceof BlobSettings.Disk disk ? disk.root().toString() : "the database";
    }
}
