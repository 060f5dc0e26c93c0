package io.mediakeep.media;

import io.mediakeep.blob.BlobStore;
import io.mediakeep.blob.SpoolDirectory;
import io.mediakeep.blob.database.DatabaseBlobStore;
import io.mediakeep.blob.disk.DiskBlobStore;
import io.mediakeep.concurrent.Deadline;
import io.mediakeep.federation.RemoteMedia;
import io.mediakeep.limits.FetchLimits;
import io.mediakeep.limits.FetchSettings;
import io.mediakeep.limits.QuotaSettings;
import io.mediakeep.limits.UploadQuota;
import io.mediakeep.matrix.ContentType;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.matrix.UserId;
import io.mediakeep.media.blob.BlobCatalog;
import io.mediakeep.media.blob.BlobIntegrityCatalog;
import io.mediakeep.media.blob.BlobReferenceCatalog;
import io.mediakeep.media.blob.Blobs;
import io.mediakeep.media.blob.RemovalCatalog;
import io.mediakeep.media.content.Content;
import io.mediakeep.media.content.DownloadRequest;
import io.mediakeep.media.download.Downloads;
import io.mediakeep.media.download.LastAccesses;
import io.mediakeep.media.download.MediaLookups;
import io.mediakeep.media.download.PendingUploads;
import io.mediakeep.media.remote.FetchExecutor;
import io.mediakeep.media.remote.RemoteCache;
import io.mediakeep.media.upload.OrphanCleanup;
import io.mediakeep.media.upload.Reservations;
import io.mediakeep.media.upload.Upload;
import io.mediakeep.media.upload.UploadRules;
import io.mediakeep.media.upload.Uploads;
import io.mediakeep.persistence.Database;
import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.persistence.Transactions;
import io.mediakeep.persistence.shared.Leases;
import io.mediakeep.testing.Completed;
import io.mediakeep.testing.InputStreamPublisher;
import io.mediakeep.testing.MutableClock;
import io.mediakeep.testing.server.NoRemoteMedia;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** The media classes of one node, assembled as in the server, over a real database and a real directory. */
public final class MediaNode implements AutoCloseable {
    public static final ServerName HOME = new ServerName("example.org");
    public static final UserId ALICE = new UserId("@alice:example.org");
    public static final UserId BOB = new UserId("@bob:example.org");

    public final MutableClock clock = new MutableClock();
    public final Database database;
    public final Transactions transactions;
    public final BlobStore store;
    public final SpoolDirectory spools;
    public final BlobCatalog blobCatalog;
    public final RemovalCatalog removals;
    public final BlobIntegrityCatalog soundness;
    public final Blobs blobs;
    public final MediaCatalog catalog;
    public final PendingCatalog pendingCatalog;
    public final UsageCatalog usage;
    public final MediaLookups lookups;
    public final PendingUploads pending;
    public final Reservations reservations;
    public final LastAccesses<Mxc> accesses;
    public final Uploads uploads;
    public final RemoteCache remote;
    public final Downloads downloads;
    public final OrphanCleanup leftovers;
    public final Path folder;

    private final Options options;
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final FetchExecutor fetchers = new FetchExecutor(new FetchLimits(FetchSettings.DEFAULTS));

    /** What a test changes. */
    public record Options(
            long maxSize,
            int maxPending,
            OptionalLong maxBytes,
            OptionalLong maxFiles,
            boolean frozen,
            boolean inDatabase,
            UnaryOperator<BlobStore> store,
            RemoteMedia origins) {
        public static final Options PLAIN = new Options(
                1000,
                5,
                OptionalLong.empty(),
                OptionalLong.empty(),
                false,
                false,
                UnaryOperator.identity(),
                NoRemoteMedia.media(HOME));

        public Options quota(long bytes, long files) {
            return new Options(
                    maxSize,
                    maxPending,
                    OptionalLong.of(bytes),
                    OptionalLong.of(files),
                    frozen,
                    inDatabase,
                    store,
                    origins);
        }

        public Options pending(int most) {
            return new Options(maxSize, most, maxBytes, maxFiles, frozen, inDatabase, store, origins);
        }

        public Options frozenMedia() {
            return new Options(maxSize, maxPending, maxBytes, maxFiles, true, inDatabase, store, origins);
        }

        public Options bytesInDatabase(boolean yes) {
            return new Options(maxSize, maxPending, maxBytes, maxFiles, frozen, yes, store, origins);
        }

        public Options storeWrappedBy(UnaryOperator<BlobStore> wrapper) {
            return new Options(maxSize, maxPending, maxBytes, maxFiles, frozen, inDatabase, wrapper, origins);
        }

        public Options fetchingFrom(RemoteMedia others) {
            return new Options(maxSize, maxPending, maxBytes, maxFiles, frozen, inDatabase, store, others);
        }
    }

    public MediaNode(DatabaseSettings settings, Path folder, Options options) throws IOException {
        this.folder = folder;
        this.options = options;
        database = Database.open(settings);
        transactions = database.transactions();
        store = options.store()
                .apply(options.inDatabase() ? new DatabaseBlobStore(transactions) : new DiskBlobStore(folder));
        spools = SpoolDirectory.open(folder.resolve("spool"), clock);
        UploadSettings uploadSettings =
                new UploadSettings(options.maxSize(), List.of(), List.of(), Duration.ofHours(24), options.maxPending());
        UploadQuota quota = new UploadQuota(new QuotaSettings(options.maxBytes(), options.maxFiles()));
        BlobReferenceCatalog pointers = new BlobReferenceCatalog();
        blobCatalog = new BlobCatalog(transactions, pointers, clock);
        removals = new RemovalCatalog(transactions, pointers, clock);
        soundness = new BlobIntegrityCatalog(transactions, database.announcements(), clock);
        blobs = new Blobs(store, blobCatalog, removals, soundness);
        catalog = new MediaCatalog(transactions, database.announcements(), blobCatalog, quota);
        pendingCatalog = new PendingCatalog(transactions, clock, uploadSettings);
        usage = new UsageCatalog(transactions);
        MediaIds ids = new MediaIds(HOME, new SecureRandom());
        reservations = new Reservations(ids, pendingCatalog);
        UploadRules rules = new UploadRules(uploadSettings, quota, usage);
        uploads = new Uploads(rules, options.frozen(), ids, reservations, spools, blobs, catalog, clock);
        lookups = new MediaLookups(transactions, database.announcements(), clock);
        pending = new PendingUploads(lookups, database.announcements(), executor);
        accesses = new LastAccesses<>(catalog::accessed, clock);
        remote = remoteCache(fetchers);
        downloads = downloads(remote);
        leftovers = new OrphanCleanup(spools, pendingCatalog, blobs, new Leases(transactions, clock));
    }

    private RemoteCache remoteCache(FetchExecutor through) {
        return new RemoteCache(options.origins(), through, options.frozen(), spools, blobs, catalog, clock);
    }

    private Downloads downloads(RemoteCache others) {
        return new Downloads(HOME, options.frozen(), lookups, pending, others, accesses, blobs.reader(), executor);
    }

    /** Downloads that fetch on other threads than {@link #downloads}. */
    public Downloads downloadsThrough(FetchExecutor other) {
        return downloads(remoteCache(other));
    }

    public Mxc upload(UserId user, String text) throws Exception {
        return upload(an(user, text));
    }

    /** Uploads, and waits until it is done. */
    public Mxc upload(Upload upload) throws Exception {
        return Completed.of(uploads.upload(upload));
    }

    /** Uploads to a content URI, and waits until it is done. */
    public void complete(Mxc mxc, Upload upload) throws Exception {
        Completed.of(uploads.complete(mxc, upload));
    }

    public static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    public static Upload an(UserId user, String text) {
        return an(user, bytes(text), OptionalLong.of(text.getBytes(StandardCharsets.UTF_8).length));
    }

    public static Upload an(UserId user, InputStream body, OptionalLong declared) {
        return new Upload(
                user,
                new ContentType("text/plain"),
                Optional.empty(),
                Optional.of("cat.txt"),
                declared,
                new InputStreamPublisher(body));
    }

    public CompletableFuture<Content> open(Mxc mxc, Duration patience) {
        return downloads
                .openWhole(new DownloadRequest(mxc, true, true, "@reader:example.org", Deadline.in(patience)))
                .toCompletableFuture();
    }

    public String read(Mxc mxc) throws Exception {
        Content content = open(mxc, Duration.ZERO).get();
        try (InputStream bytes = content.open(0, content.size())) {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** As a purge does it: the row goes, and its bytes become a candidate for removal. */
    public void delete(Mxc mxc) {
        transactions.run(entities -> MediaCatalog.remove(
                entities,
                List.of(entities.find(MediaEntity.class, new MediaEntity.Key(mxc))),
                blobCatalog,
                database.announcements()));
        database.announcements().notifyListeners(mxc.toString());
    }

    public long rows(String entity) {
        return transactions.call(entities -> entities.createQuery("select count(*) from " + entity, Long.class)
                .getSingleResult());
    }

    @Override
    public void close() throws IOException {
        remote.close();
        spools.close();
        fetchers.close();
        executor.shutdownNow();
        database.close();
    }
}
