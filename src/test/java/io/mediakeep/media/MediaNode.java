package io.mediakeep.media;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.BlobStore;
import io.mediakeep.blob.SpoolDirectory;
import io.mediakeep.blob.database.DatabaseBlobStore;
import io.mediakeep.blob.disk.DiskBlobStore;
import io.mediakeep.concurrent.Deadline;
import io.mediakeep.limits.FetchLimits;
import io.mediakeep.limits.FetchSettings;
import io.mediakeep.limits.UploadQuotas;
import io.mediakeep.matrix.ContentType;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.matrix.UserId;
import io.mediakeep.media.blob.BlobCatalog;
import io.mediakeep.media.blob.BlobIntegrityCatalog;
import io.mediakeep.media.blob.Blobs;
import io.mediakeep.media.blob.ContentUriKey;
import io.mediakeep.media.blob.RemovalCatalog;
import io.mediakeep.media.content.Content;
import io.mediakeep.media.content.DownloadRequest;
import io.mediakeep.media.download.AccessRecorder;
import io.mediakeep.media.download.Downloads;
import io.mediakeep.media.download.ImportedMedia;
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
import io.mediakeep.media.usage.UsageCatalog;
import io.mediakeep.persistence.Database;
import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.persistence.Transactions;
import io.mediakeep.persistence.shared.Leases;
import io.mediakeep.testing.Completed;
import io.mediakeep.testing.InputStreamPublisher;
import io.mediakeep.testing.MutableClock;
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

/** The media classes of one node, assembled as in the server, over a real database and a real directory. */
public class MediaNode implements AutoCloseable {
    public static final ServerName LOCAL = new ServerName("example.org");
    public static final UserId ALICE = new UserId("@alice:example.org");
    public static final UserId BOB = new UserId("@bob:example.org");

    public final MutableClock clock = new MutableClock();
    public final Database database;
    public final Transactions transactions;
    public final BlobStore store;
    public final SpoolDirectory spools;
    public final BlobCatalog blobCatalog;
    public final RemovalCatalog removals;
    public final BlobIntegrityCatalog integrity;
    public final Blobs blobs;
    public final MediaCatalog catalog;
    public final PendingCatalog pendingCatalog;
    public final UsageCatalog usage;
    public final MediaLookups lookups;
    public final PendingUploads pending;
    public final Reservations reservations;
    public final LastAccesses<Mxc> accesses;
    public final Uploads uploads;
    public final ExpiringMedia expiring;
    public final RemoteCache remote;
    public final Downloads downloads;
    public final OrphanCleanup cleanup;
    public final Path directory;

    private final NodeOptions options;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final FetchExecutor fetchers = new FetchExecutor(new FetchLimits(FetchSettings.DEFAULTS));

    /** Opens the database, and a blob store and spool directory below a directory. */
    public MediaNode(DatabaseSettings settings, Path directory, NodeOptions options) throws IOException {
        this.directory = directory;
        this.options = options;
        database = Database.open(settings);
        transactions = database.transactions();
        store = options.wrapper.apply(
                options.blobsInDatabase ? new DatabaseBlobStore(transactions) : new DiskBlobStore(directory));
        spools = SpoolDirectory.open(directory.resolve("spool"), clock);
        UploadSettings uploadSettings =
                new UploadSettings(options.maxSize, List.of(), List.of(), Duration.ofHours(24), options.maxPending);
        UploadQuotas quotas = new UploadQuotas(options.quotas);
        usage = new UsageCatalog(transactions, clock, quotas);
        blobCatalog = new BlobCatalog(transactions, options.references, clock);
        removals = new RemovalCatalog(transactions, options.references, clock);
        integrity = new BlobIntegrityCatalog(transactions, database.announcements(), clock);
        blobs = new Blobs(store, store, blobCatalog, removals, integrity);
        catalog = new MediaCatalog(transactions, database.announcements(), blobCatalog, usage);
        pendingCatalog = new PendingCatalog(transactions, clock, uploadSettings);
        MediaIds ids = new MediaIds(LOCAL, new SecureRandom());
        reservations = new Reservations(ids, pendingCatalog);
        UploadRules rules = new UploadRules(uploadSettings, quotas, usage);
        expiring = new ExpiringMedia(options.frozen, ids, spools, blobs, catalog, clock);
        uploads = new Uploads(rules, options.frozen, ids, reservations, spools, blobs, catalog, clock);
        lookups = new MediaLookups(transactions, database.announcements(), clock);
        pending = new PendingUploads(lookups, database.announcements(), threads);
        accesses = new LastAccesses<>(catalog::accessed, clock);
        remote = remoteCache(fetchers);
        downloads = downloads(remote);
        cleanup = new OrphanCleanup(spools, pendingCatalog, usage, blobs, new Leases(transactions, clock));
    }

    private RemoteCache remoteCache(FetchExecutor executor) {
        return new RemoteCache(options.remote, executor, options.frozen, spools, blobs, catalog, clock);
    }

    private Downloads downloads(RemoteCache others) {
        return new Downloads(
                LOCAL,
                options.frozen,
                lookups,
                pending,
                others,
                ImportedMedia.NONE,
                new AccessRecorder(accesses, age -> {}, clock),
                blobs.reader(),
                threads);
    }

    /** Downloads that fetch on other threads than {@link #downloads}. */
    public Downloads downloadsThrough(FetchExecutor other) {
        return downloads(remoteCache(other));
    }

    /** Where the blob of media is stored. */
    public BlobLocation location(Mxc media) {
        return new BlobLocation(transactions.call(entities -> entities.createQuery(
                        "select b.location from BlobEntity b, MediaEntity m"
                                + " where m.blobHash = b.hash and m.mediaId = :id",
                        String.class)
                .setParameter("id", media.mediaId())
                .getSingleResult()));
    }

    /** Uploads a text, and waits until it is done. */
    public Mxc upload(UserId user, String text) throws Exception {
        return upload(uploadOf(user, text));
    }

    /** Uploads, and waits until it is done. */
    public Mxc upload(Upload upload) throws Exception {
        return Completed.of(uploads.upload(upload));
    }

    /** Uploads to a content URI, and waits until it is done. */
    public void complete(Mxc mxc, Upload upload) throws Exception {
        Completed.of(uploads.complete(mxc, upload));
    }

    /** The UTF-8 bytes of a text. */
    public static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** An upload of a text, of known length. */
    public static Upload uploadOf(UserId user, String text) {
        return uploadOf(user, bytes(text), OptionalLong.of(text.getBytes(StandardCharsets.UTF_8).length));
    }

    /** An upload with a Content-Length, if any. */
    public static Upload uploadOf(UserId user, InputStream body, OptionalLong declared) {
        return new Upload(
                user,
                new ContentType("text/plain"),
                Optional.empty(),
                Optional.of("cat.txt"),
                declared,
                new InputStreamPublisher(body));
    }

    /** The content, for a client with a token. */
    public CompletableFuture<Content> open(Mxc mxc, Duration timeout) {
        return downloads
                .openWhole(new DownloadRequest(mxc, true, true, "@reader:example.org", Deadline.in(timeout)))
                .toCompletableFuture();
    }

    /** The text of media that is complete. */
    public String read(Mxc mxc) throws Exception {
        Content content = open(mxc, Duration.ZERO).get();
        try (InputStream bytes = content.open(0, content.size())) {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Deletes media as a purge does: the row is removed, and its blob becomes a candidate for removal. */
    public void delete(Mxc mxc) {
        transactions.run(entities -> MediaCatalog.remove(
                entities,
                List.of(entities.find(MediaEntity.class, new ContentUriKey(mxc))),
                blobCatalog,
                database.announcements()));
        database.announcements().notifyListeners(mxc.toString());
    }

    /** The number of rows of an entity. */
    public long rows(String entity) {
        return transactions.call(entities -> entities.createQuery("select count(*) from " + entity, Long.class)
                .getSingleResult());
    }

    @Override
    public void close() throws IOException {
        remote.close();
        spools.close();
        fetchers.close();
        threads.shutdownNow();
        database.close();
    }
}
