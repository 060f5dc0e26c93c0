package io.mediakeep.blob.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.BlobStore;
import io.mediakeep.blob.BlobStoreContract;
import io.mediakeep.blob.S3Settings;
import io.mediakeep.blob.Spool;
import io.mediakeep.blob.SpoolDirectory;
import io.mediakeep.storage.StorageFailure;
import io.mediakeep.storage.StoreUnavailableException;
import io.mediakeep.testing.server.S3Server;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Object;

class S3BlobStoreTest implements BlobStoreContract {
    @TempDir
    Path directory;

    private S3Settings.Bucket bucket;
    private S3BlobStore store;
    private SpoolDirectory spools;

    @BeforeEach
    void open() throws IOException {
        bucket = S3Server.freshBucket();
        store = new S3BlobStore(S3Server.settings(bucket), InstantSource.system());
        spools = SpoolDirectory.open(directory);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
        spools.close();
    }

    @Override
    public BlobStore store() {
        return store;
    }

    @Override
    public SpoolDirectory spools() {
        return spools;
    }

    @Test
    void storesALargeBlobInParts() throws IOException {
        byte[] bytes = bytes(21, (int) (2 * PartLayout.MIN_SIZE + 5));
        BlobLocation location = putAgain(bytes);
        assertThat(whole(location)).isEqualTo(bytes);
        assertThat(range(location, PartLayout.MIN_SIZE - 1, 3))
                .containsExactly(subarray(bytes, PartLayout.MIN_SIZE - 1));
        assertThat(head(location).eTag()).as("that of an object of three parts").contains("-3");
        assertThat(uploads()).isEmpty();
    }

    private static byte[] subarray(byte[] bytes, long from) {
        return Arrays.copyOfRange(bytes, (int) from, (int) from + 3);
    }

    @Test
    void repairsADamagedObject() throws IOException {
        BlobLocation location = put(bytes(22, 1000));
        overwrite(location, bytes(23, 1000));
        put(bytes(22, 1000));
        assertThat(whole(location)).isEqualTo(bytes(22, 1000));
    }

    @Test
    void doesNotWriteAnIntactObjectAgain() throws IOException {
        BlobLocation location = put(bytes(24, 1000));
        overwrite(location, bytes(24, 1000));
        put(bytes(24, 1000));
        assertThat(head(location).metadata()).as("of the second object").containsEntry("writer", "test");
    }

    private void overwrite(BlobLocation location, byte[] bytes) {
        S3Server.client()
                .putObject(
                        request -> request.bucket(bucket.name())
                                .key("blobs/" + location)
                                .metadata(Map.of("writer", "test")),
                        RequestBody.fromBytes(bytes));
    }

    @Test
    void removesManyBlobsAtOnce() throws IOException {
        List<BlobLocation> locations = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            locations.add(putAgain(bytes(30 + i, 10)));
        }
        BlobLocation remaining = putAgain(bytes(40, 10));
        locations.add(BlobLocation.newFor(remaining.id()));
        assertThat(store.deleteAll(locations)).isEmpty();
        assertThat(keys()).containsExactly("blobs/" + remaining);
    }

    private List<String> keys() {
        return S3Server.client().listObjectsV2(request -> request.bucket(bucket.name())).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    @Test
    void removesThePartsOfUploadsOfYesterday() throws IOException {
        S3Server.client()
                .createMultipartUpload(request -> request.bucket(bucket.name()).key("blobs/a"));
        store.removeAbandonedUploads();
        assertThat(uploads()).hasSize(1);
        Instant tomorrow = Instant.now().plus(AbandonedUploads.MIN_AGE).plusSeconds(60);
        try (S3BlobStore later = new S3BlobStore(S3Server.settings(bucket), () -> tomorrow)) {
            later.removeAbandonedUploads();
        }
        assertThat(uploads()).isEmpty();
    }

    private List<MultipartUpload> uploads() {
        return S3Server.client()
                .listMultipartUploads(request -> request.bucket(bucket.name()))
                .uploads();
    }

    private HeadObjectResponse head(BlobLocation location) {
        return S3Server.client()
                .headObject(request -> request.bucket(bucket.name()).key("blobs/" + location));
    }

    @Test
    void severalStoresShareABucketByPrefix() throws IOException {
        BlobLocation location = put(bytes(25, 10));
        S3Settings.Bucket part =
                new S3Settings.Bucket(bucket.endpoint(), bucket.region(), bucket.name(), "second/", true);
        try (S3BlobStore second = new S3BlobStore(S3Server.settings(part), InstantSource.system())) {
            assertThat(second.isEmpty()).isTrue();
            assertThat(second.identity()).isEmpty();
            second.delete(location);
        }
        assertThat(whole(location)).isEqualTo(bytes(25, 10));
    }

    @Test
    void aMissingBucketIsNotAMissingBlob() {
        S3Settings.Bucket missing =
                new S3Settings.Bucket(bucket.endpoint(), bucket.region(), "no-such-bucket", "", true);
        try (S3BlobStore away = new S3BlobStore(S3Server.settings(missing), InstantSource.system())) {
            BlobLocation location = new BlobLocation("0".repeat(64));
            assertUnavailable(away::identity);
            assertUnavailable(() -> away.open(location, 0, 1));
            assertUnavailable(() -> away.delete(location));
            assertThat(away.deleteAll(List.of(location))).containsOnlyKeys(location);
        }
    }

    @Test
    void aServerThatDoesNotListenIsUnavailable() throws IOException {
        URI closed = URI.create("http://127.0.0.1:1");
        S3Settings.Bucket away = new S3Settings.Bucket(Optional.of(closed), bucket.region(), bucket.name(), "", true);
        try (S3BlobStore unreachable = new S3BlobStore(S3Server.settings(away), InstantSource.system());
                Spool spool = spools.receive(new ByteArrayInputStream(bytes(26, 10)), 10)) {
            assertUnavailable(() -> unreachable.put(spool, BlobLocation.newFor(spool.id())));
        }
    }

    private static void assertUnavailable(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(StoreUnavailableException.class)
                .satisfies(failure -> assertThat(StorageFailure.of(failure)).contains(StorageFailure.IO_ERROR));
    }
}
