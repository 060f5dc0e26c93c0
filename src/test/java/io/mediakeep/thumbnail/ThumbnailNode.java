package io.mediakeep.thumbnail;

import io.mediakeep.blob.BlobId;
import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.ForwardingStore;
import io.mediakeep.blob.SpoolDirectory;
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
import io.mediakeep.media.MediaCatalog;
import io.mediakeep.media.MediaIds;
import io.mediakeep.media.PendingCatalog;
import io.mediakeep.media.UploadSettings;
import io.mediakeep.media.UsageCatalog;
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
import io.mediakeep.media.upload.ExpiringMedia;
import io.mediakeep.media.upload.OrphanCleanup;
import io.mediakeep.media.upload.Reservations;
import io.mediakeep.media.upload.Upload;
import io.mediakeep.media.upload.UploadRules;
import io.mediakeep.media.upload.Uploads;
import io.mediakeep.persistence.Announcements;
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
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The media and thumbnails of one node, assembled as in the server, on a real database and file system. */
final class ThumbnailNode implements AutoCloseable {
    static final ServerName HOME = new ServerName("example.org");
    static final UserId ALICE = new UserId("@alice:example.org");
    static final int MAX_VARIANTS = 3;
    static final long MAX_SOURCE_SIZE = 200_000;

    final MutableClock clock = new MutableClock();
    final Database database;
    final Transactions transactions;
    final CountingStore store;
    final Uploads uploads;
    final Downloads downloads;
    final LastAccesses<Mxc> accesses;
    final OrphanCleanup leftovers;
    final ThumbnailCatalog catalog;
    final ExpiringMedia borrowed;
    final LastAccesses<ThumbnailKey> uses;
    final Thumbnails thumbnails;

    private final SpoolDirectory spools;
    private final ThumbnailRenderer renderer;
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final FetchExecutor fetchers = new FetchExecutor(new FetchLimits(FetchSettings.DEFAULTS));

    ThumbnailNode(DatabaseSettings settings, Path folder, boolean frozen) throws IOException {
        this(settings, folder, frozen, NoRemoteMedia.media(HOME));
    }

    /** A node that fetches what others have. */
    ThumbnailNode(DatabaseSettings settings, Path folder, boolean frozen, RemoteMedia others) throws IOException {
        database = Database.open(settings);
        transactions = database.transactions();
        Announcements announcements = database.announcements();
        store = new CountingStore(new DiskBlobStore(folder));
        spools = SpoolDirectory.open(folder.resolve("spool"));
        BlobReferenceCatalog pointers = new BlobReferenceCatalog(ThumbnailCatalog.ROWS);
        BlobCatalog blobCatalog = new BlobCatalog(transactions, pointers, clock);
        Blobs blobs = new Blobs(
                store,
                blobCatalog,
                new RemovalCatalog(transactions, pointers, clock),
                new BlobIntegrityCatalog(transactions, announcements, clock));
        UploadQuota quota = new UploadQuota(new QuotaSettings(OptionalLong.empty(), OptionalLong.empty()));
        MediaCatalog media = new MediaCatalog(transactions, announcements, blobCatalog, quota);
        PendingCatalog pendingCatalog = new PendingCatalog(transactions, clock, UploadSettings.DEFAULTS);
        UploadRules rules = new UploadRules(UploadSettings.DEFAULTS, quota, new UsageCatalog(transactions));
        MediaIds ids = new MediaIds(HOME, new SecureRandom());
        borrowed = new ExpiringMedia(frozen, ids, spools, blobs, media, clock);
        Reservations reservations = new Reservations(ids, pendingCatalog);
        uploads = new Uploads(rules, frozen, ids, reservations, spools, blobs, media, clock);
        MediaLookups lookups = new MediaLookups(transactions, announcements, clock);
        PendingUploads pending = new PendingUploads(lookups, announcements, executor);
        accesses = new LastAccesses<>(media::accessed, clock);
        RemoteCache remote = new RemoteCache(others, fetchers, frozen, spools, blobs, media, clock);
        downloads = new Downloads(HOME, frozen, lookups, pending, remote, accesses, blobs.reader(), executor);
        leftovers = new OrphanCleanup(spools, pendingCatalog, blobs, new Leases(transactions, clock));
        catalog = new ThumbnailCatalog(transactions, announcements, blobCatalog, MAX_VARIANTS, clock);
        uses = new LastAccesses<>(catalog::used, clock);
        ThumbnailStore kept =
                new ThumbnailStore(catalog, new ThumbnailCache(catalog, announcements), uses, spools, blobs);
        ThumbnailSettings defaults = ThumbnailSettings.DEFAULTS;
        renderer = new ThumbnailRenderer(new ThumbnailSettings(
                defaults.steps(), MAX_VARIANTS, defaults.maxSourcePixels(), MAX_SOURCE_SIZE, defaults.workers()));
        thumbnails = new Thumbnails(downloads, kept, renderer, executor);
    }

    Mxc upload(byte[] bytes) throws Exception {
        return Completed.of(uploads.upload(an(bytes)));
    }

    static Upload an(byte[] bytes) {
        return new Upload(
                ALICE,
                ContentType.OCTET_STREAM,
                Optional.empty(),
                Optional.of("cat.png"),
                OptionalLong.of(bytes.length),
                new InputStreamPublisher(new ByteArrayInputStream(bytes)));
    }

    /** The thumbnail as somebody with a token asks for it who does not wait. */
    CompletableFuture<Content> open(Mxc mxc, ThumbnailSpec spec) {
        return open(asked(mxc, true, Duration.ZERO), spec);
    }

    DownloadRequest asked(Mxc mxc, boolean authenticated, Duration patience) {
        return new DownloadRequest(mxc, authenticated, true, "127.0.0.1", Deadline.in(patience));
    }

    CompletableFuture<Content> open(DownloadRequest request, ThumbnailSpec spec) {
        return thumbnails.open(request, spec).toCompletableFuture();
    }

    static byte[] read(Content content) throws IOException {
        try (InputStream bytes = content.open(0, content.size())) {
            return bytes.readAllBytes();
        }
    }

    long rows(String entity) {
        return transactions.call(entities -> entities.createQuery("select count(*) from " + entity, Long.class)
                .getSingleResult());
    }

    /** As an operator would, or a purge: what an update of the row of media does, told to all nodes. */
    void change(String jpql, Mxc mxc) {
        transactions.run(entities -> {
            entities.createQuery(jpql).executeUpdate();
            database.announcements().announce(entities, mxc.toString());
        });
        database.announcements().notifyListeners(mxc.toString());
    }

    @Override
    public void close() throws IOException {
        renderer.close();
        fetchers.close();
        executor.shutdownNow();
        spools.close();
        database.close();
    }

    /** A store that counts how often each blob is opened, since an image cannot be drawn without that. */
    static final class CountingStore extends ForwardingStore {
        /** Whether it hands out files, past the counting. */
        volatile boolean handsOutFiles;

        private final Map<BlobId, Integer> opened = new ConcurrentHashMap<>();
        private final DiskBlobStore files;

        CountingStore(DiskBlobStore files) {
            super(files);
            this.files = files;
        }

        int opened(BlobId id) {
            return opened.getOrDefault(id, 0);
        }

        /** Where the bytes of a blob really are. */
        Path fileOf(BlobLocation location) {
            return files.file(location).orElseThrow();
        }

        @Override
        public InputStream open(BlobLocation location, long offset, long length) throws IOException {
            opened.merge(location.id(), 1, Integer::sum);
            return super.open(location, offset, length);
        }

        @Override
        public Optional<Path> file(BlobLocation location) {
            return handsOutFiles ? super.file(location) : Optional.empty();
        }
    }
}
