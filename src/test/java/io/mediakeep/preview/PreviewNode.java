package io.mediakeep.preview;

import io.mediakeep.blob.BlobStore;
import io.mediakeep.blob.SpoolDirectory;
import io.mediakeep.blob.disk.DiskBlobStore;
import io.mediakeep.concurrent.Deadline;
import io.mediakeep.limits.FetchLimits;
import io.mediakeep.limits.FetchSettings;
import io.mediakeep.limits.QuotaSettings;
import io.mediakeep.limits.UploadQuota;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.media.MediaCatalog;
import io.mediakeep.media.MediaIds;
import io.mediakeep.media.PendingCatalog;
import io.mediakeep.media.UploadSettings;
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
import io.mediakeep.outbound.OutboundSettings;
import io.mediakeep.outbound.Resolver;
import io.mediakeep.outbound.http.OutboundClient;
import io.mediakeep.persistence.Database;
import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.persistence.Transactions;
import io.mediakeep.persistence.shared.Leases;
import io.mediakeep.testing.MutableClock;
import io.mediakeep.testing.server.NoRemoteMedia;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The previews of one node, put together as the server does it, over a real database and a real folder. Names that end
 * in {@code .example} are on this machine; {@code inside.example} is at an address that is not allowed.
 */
final class PreviewNode implements AutoCloseable {
    static final ServerName HOME = new ServerName("example.org");
    private static final String ALLOWED = "127.0.0.1";
    private static final String NOT_ALLOWED = "127.0.0.2";

    final MutableClock clock = new MutableClock();
    final Previews previews;
    final PreviewCatalog catalog;
    final ExpiringMedia media;
    final OrphanCleanup leftovers;
    final Transactions transactions;
    private final Database database;
    private final SpoolDirectory spools;
    private final Downloads downloads;
    private final OutboundClient http;
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final FetchExecutor fetchers = new FetchExecutor(new FetchLimits(FetchSettings.DEFAULTS));

    PreviewNode(DatabaseSettings settings, Path folder, PreviewSettings previewSettings) throws IOException {
        database = Database.open(settings);
        transactions = database.transactions();
        BlobStore store = new DiskBlobStore(folder);
        spools = SpoolDirectory.open(folder.resolve("spool"));
        UploadQuota quota = new UploadQuota(new QuotaSettings(OptionalLong.of(0), OptionalLong.of(0)));
        BlobReferenceCatalog pointers = new BlobReferenceCatalog();
        BlobCatalog blobCatalog = new BlobCatalog(transactions, pointers, clock);
        MediaCatalog mediaCatalog = new MediaCatalog(transactions, database.announcements(), blobCatalog, quota);
        Blobs blobs = new Blobs(
                store,
                blobCatalog,
                new RemovalCatalog(transactions, pointers, clock),
                new BlobIntegrityCatalog(transactions, database.announcements(), clock));
        MediaIds ids = new MediaIds(HOME, new SecureRandom());
        media = new ExpiringMedia(false, ids, spools, blobs, mediaCatalog, clock);
        PendingCatalog reserved = new PendingCatalog(transactions, clock, UploadSettings.DEFAULTS);
        leftovers = new OrphanCleanup(spools, reserved, blobs, new Leases(transactions, clock));
        MediaLookups lookups = new MediaLookups(transactions, database.announcements(), clock);
        PendingUploads pending = new PendingUploads(lookups, database.announcements(), executor);
        LastAccesses<Mxc> accesses = new LastAccesses<>(mediaCatalog::accessed, clock);
        RemoteCache remote =
                new RemoteCache(NoRemoteMedia.media(HOME), fetchers, false, spools, blobs, mediaCatalog, clock);
        downloads = new Downloads(HOME, false, lookups, pending, remote, accesses, blobs.reader(), executor);
        http = new OutboundClient(
                new OutboundSettings(List.of(), List.of(ALLOWED), Optional.empty()), (Resolver) PreviewNode::addresses);
        catalog = new PreviewCatalog(transactions);
        previews = new Previews(previewSettings, http, catalog, media, clock);
    }

    /** On an embedded database in the folder. */
    static PreviewNode onH2(Path folder, PreviewSettings previewSettings) throws IOException {
        String url = "jdbc:h2:file:" + folder.resolve("mediakeep").toAbsolutePath();
        DatabaseSettings settings = new DatabaseSettings(url, Optional.empty(), Optional.empty(), 10);
        return new PreviewNode(settings, folder.resolve("blobs"), previewSettings);
    }

    private static List<InetAddress> addresses(String host) throws UnknownHostException {
        if (!host.endsWith(".example")) {
            throw new UnknownHostException(host);
        }
        return List.of(InetAddress.getByName(host.equals("inside.example") ? NOT_ALLOWED : ALLOWED));
    }

    /** The preview of an address, now. */
    JsonObject preview(String url) throws Exception {
        return preview(new PreviewRequest(url, Optional.empty(), Optional.empty(), "@alice:example.org"));
    }

    /** The preview of an address as it was at a time. */
    JsonObject preview(String url, Instant at) throws Exception {
        return preview(new PreviewRequest(url, Optional.of(at), Optional.empty(), "@alice:example.org"));
    }

    /** The preview that was asked for; throws why there is none. */
    JsonObject preview(PreviewRequest request) throws Exception {
        try {
            String json = previews.preview(request).toCompletableFuture().get();
            return Json.createReader(new StringReader(json)).readObject();
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
    }

    /** The content of a picture of ours. */
    Content content(String mxc) throws Exception {
        DownloadRequest request =
                new DownloadRequest(Mxc.parse(mxc), false, false, "127.0.0.1", Deadline.in(Duration.ZERO));
        return downloads.openWhole(request).toCompletableFuture().get();
    }

    /** The bytes of a picture of ours. */
    byte[] bytes(String mxc) throws Exception {
        Content content = content(mxc);
        try (InputStream bytes = content.open(0, content.size())) {
            return bytes.readAllBytes();
        }
    }

    long rows(String entity) {
        return transactions.call(entities -> entities.createQuery("select count(*) from " + entity, Long.class)
                .getSingleResult());
    }

    /** Forgets everything, and goes on so far that nothing that was remembered is still good. */
    void beginAfresh() {
        for (String entity : List.of("PreviewEntity", "MediaEntity", "BlobEntity")) {
            transactions.run(
                    entities -> entities.createQuery("delete from " + entity).executeUpdate());
        }
        clock.advance(Duration.ofDays(3));
        clock.advance(Duration.between(
                clock.instant(), clock.instant().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1))));
    }

    @Override
    public void close() throws IOException {
        previews.close();
        http.close();
        spools.close();
        fetchers.close();
        executor.shutdownNow();
        database.close();
    }
}
