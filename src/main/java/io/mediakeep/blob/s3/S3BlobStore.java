package io.mediakeep.blob.s3;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.BlobNotFoundException;
import io.mediakeep.blob.BlobStore;
import io.mediakeep.blob.BlobVerification;
import io.mediakeep.blob.S3Settings;
import io.mediakeep.blob.Spool;
import io.mediakeep.blob.s3.S3Reader.Piece;
import io.mediakeep.concurrent.Workers;
import io.mediakeep.persistence.shared.StoreIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Stores each blob as an object in a bucket. An existing object is read instead of being written again, which takes
 * about as long, and written only if it is not intact: so a versioned bucket does not grow.
 */
public final class S3BlobStore implements BlobStore, AutoCloseable {
    /** How many parts of objects are sent concurrently, where threads are not virtual. */
    private static final int MAX_SENDERS = 16;

    /** Of reading the identity, which shows whether the store is available. */
    private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(5);

    private static final int MAX_IDENTITY_BYTES = 8 * 1024;

    private final S3Client client;
    private final S3Keys keys;
    private final ExecutorService senders = Workers.named("s3-upload", MAX_SENDERS);
    private final S3Reader reader;
    private final S3Writer writer;
    private final S3Removal removal;
    private final AbandonedUploads abandoned;
    private final S3Redirects redirects;

    /** A store in an existing bucket. Sends no request. */
    public S3BlobStore(S3Settings settings, InstantSource clock) {
        this.client = S3Clients.open(settings);
        this.keys = new S3Keys(settings.bucket().name(), settings.bucket().prefix());
        this.reader = new S3Reader(client, keys);
        MultipartUpload parts = new MultipartUpload(client, keys, settings.objects(), senders);
        this.writer = new S3Writer(client, keys, settings.objects(), parts);
        this.removal = new S3Removal(client, keys);
        this.abandoned = new AbandonedUploads(client, keys, clock);
        this.redirects = new S3Redirects(S3Clients.presigner(settings), keys, settings.redirects());
    }

    @Override
    public void put(Spool spool, BlobLocation location) throws IOException {
        String key = keys.of(location);
        boolean written = S3Failures.translating(() -> writer.writeNew(spool, key));
        if (!written && !BlobVerification.isIntact(this, location, spool.size())) {
            S3Failures.translating(() -> writer.write(spool, key));
        }
    }

    @Override
    public InputStream open(BlobLocation location, long offset, long length) throws IOException {
        if (offset < 0 || length < 0) {
            throw new IllegalArgumentException("a range cannot be negative");
        }
        if (length > 0) {
            return S3InputStream.open(reader, location, offset, length);
        }
        if (!reader.exists(location)) {
            throw new BlobNotFoundException(location);
        }
        return InputStream.nullInputStream();
    }

    @Override
    public Optional<Redirect> redirect(BlobLocation location, Headers headers) throws IOException {
        Optional<Redirect> found = S3Failures.translating(() -> redirects.find(location, headers));
        if (found.isPresent() && !reader.exists(location)) {
            throw new BlobNotFoundException(location);
        }
        return found;
    }

    @Override
    public boolean isRemote() {
        return true;
    }

    @Override
    public void delete(BlobLocation location) throws IOException {
        removal.remove(location);
    }

    @Override
    public Map<BlobLocation, IOException> deleteAll(Collection<BlobLocation> locations) {
        return removal.remove(locations);
    }

    /** Removes the parts of uploads that began more than a day ago and were never completed, and logs how many. */
    public void removeAbandonedUploads() throws IOException {
        S3Failures.translating(abandoned::remove);
    }

    /** By one request, or more where the bucket has other objects between the blobs. */
    @Override
    public List<Listed> list(Optional<BlobLocation> after, int max) throws IOException {
        String start = after.map(keys::of).orElse(keys.blobs());
        return S3Failures.translating(() -> client
                .listObjectsV2Paginator(request -> request.bucket(keys.bucket())
                        .prefix(keys.blobs())
                        .startAfter(start)
                        .maxKeys(max))
                .contents()
                .stream()
                .flatMap(object ->
                        keys.locationOf(object.key()).stream().map(location -> new Listed(location, object.size())))
                .limit(max)
                .toList());
    }

    @Override
    public Optional<StoreIdentity> identity() throws IOException {
        Optional<Piece> text = reader.beginning(keys.identity(), MAX_IDENTITY_BYTES, CHECK_TIMEOUT);
        try {
            return text.map(piece -> StoreIdentity.ofText(new String(piece.bytes(), StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException noId) {
            throw new IOException("the object " + keys.identity() + " does not begin with an id", noId);
        }
    }

    @Override
    public void identify(StoreIdentity identity) throws IOException {
        S3Failures.translating(() -> writer.write(identity.toText(), keys.identity()));
    }

    @Override
    public boolean isEmpty() throws IOException {
        return S3Failures.translating(() -> client.listObjectsV2(request ->
                        request.bucket(keys.bucket()).prefix(keys.blobs()).maxKeys(1))
                .contents()
                .isEmpty());
    }

    @Override
    public void close() {
        senders.shutdownNow();
        redirects.close();
        client.close();
    }
}
