package io.mediakeep.thumbnail;

import io.mediakeep.blob.BlobId;
import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.ForwardingStore;
import io.mediakeep.blob.disk.DiskBlobStore;
import io.mediakeep.concurrent.Deadline;
import io.mediakeep.matrix.ContentType;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.media.MediaNode;
import io.mediakeep.media.NodeOptions;
import io.mediakeep.media.UploadSettings;
import io.mediakeep.media.blob.BlobReferenceCatalog;
import io.mediakeep.media.content.Content;
import io.mediakeep.media.content.DownloadRequest;
import io.mediakeep.media.download.LastAccesses;
import io.mediakeep.media.upload.Upload;
import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.testing.InputStreamPublisher;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A {@link MediaNode} that renders thumbnails. */
final class ThumbnailNode extends MediaNode {
    static final int MAX_VARIANTS = 3;
    static final long MAX_SOURCE_SIZE = 200_000;

    final CountingStore files;
    final ThumbnailCatalog thumbnailCatalog;
    final LastAccesses<ThumbnailKey> thumbnailAccesses;
    final Thumbnails thumbnails;

    private final ThumbnailRenderer renderer;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    ThumbnailNode(DatabaseSettings settings, Path directory, NodeOptions options) throws IOException {
        super(
                settings,
                directory,
                options.maxSize(UploadSettings.DEFAULTS.maxSize())
                        .references(new BlobReferenceCatalog(ThumbnailCatalog.ROWS))
                        .wrapStore(store -> new CountingStore((DiskBlobStore) store)));
        files = (CountingStore) store;
        thumbnailCatalog =
                new ThumbnailCatalog(transactions, database.announcements(), blobCatalog, MAX_VARIANTS, clock);
        thumbnailAccesses = new LastAccesses<>(thumbnailCatalog::used, clock);
        ThumbnailCache cache = new ThumbnailCache(thumbnailCatalog, database.announcements());
        ThumbnailStore stored = new ThumbnailStore(thumbnailCatalog, cache, thumbnailAccesses, spools, blobs);
        ThumbnailSettings defaults = ThumbnailSettings.DEFAULTS;
        renderer = new ThumbnailRenderer(new ThumbnailSettings(
                defaults.steps(), MAX_VARIANTS, defaults.maxSourcePixels(), MAX_SOURCE_SIZE, defaults.workers()));
        thumbnails = new Thumbnails(downloads, stored, renderer, threads);
    }

    Mxc upload(byte[] bytes) throws Exception {
        return upload(uploadOf(bytes));
    }

    static Upload uploadOf(byte[] bytes) {
        return new Upload(
                ALICE,
                ContentType.OCTET_STREAM,
                Optional.empty(),
                Optional.of("cat.png"),
                OptionalLong.of(bytes.length),
                new InputStreamPublisher(new ByteArrayInputStream(bytes)));
    }

    /** The thumbnail for a client with a token and without a timeout. */
    CompletableFuture<Content> open(Mxc mxc, ThumbnailSpec spec) {
        return open(request(mxc, true, Duration.ZERO), spec);
    }

    static DownloadRequest request(Mxc mxc, boolean authenticated, Duration timeout) {
        return new DownloadRequest(mxc, authenticated, true, "127.0.0.1", Deadline.in(timeout));
    }

    CompletableFuture<Content> open(DownloadRequest request, ThumbnailSpec spec) {
        return thumbnails.open(request, spec).toCompletableFuture();
    }

    static byte[] read(Content content) throws IOException {
        try (InputStream bytes = content.open(0, content.size())) {
            return bytes.readAllBytes();
        }
    }

    /** Updates or deletes the row of media, and announces that to all nodes. */
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
        super.close();
        threads.shutdownNow();
    }

    /** A store that counts how often each blob is opened, which is necessary to render it. */
    static final class CountingStore extends ForwardingStore {
        /** Whether it returns files, whose reads are not counted. */
        volatile boolean returnsFiles;

        private final Map<BlobId, Integer> opened = new ConcurrentHashMap<>();
        private final DiskBlobStore disk;

        CountingStore(DiskBlobStore disk) {
            super(disk);
            this.disk = disk;
        }

        int opened(BlobId id) {
            return opened.getOrDefault(id, 0);
        }

        /** The file of a blob. */
        Path fileOf(BlobLocation location) {
            return disk.file(location).orElseThrow();
        }

        @Override
        public InputStream open(BlobLocation location, long offset, long length) throws IOException {
            opened.merge(location.id(), 1, Integer::sum);
            return super.open(location, offset, length);
        }

        @Override
        public Optional<Path> file(BlobLocation location) {
            return returnsFiles ? super.file(location) : Optional.empty();
        }
    }
}
