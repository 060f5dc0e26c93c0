package io.mediakeep.blob.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.BlobNotFoundException;
import io.mediakeep.blob.S3Settings;
import io.mediakeep.blob.Spool;
import io.mediakeep.blob.SpoolDirectory;
import io.mediakeep.storage.StoreUnavailableException;
import io.mediakeep.testing.server.S3FaultProxy;
import io.mediakeep.testing.server.S3FaultProxy.Fault;
import io.mediakeep.testing.server.S3Server;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A store behind a proxy that plays faults. It has two connections, so that a leak fails the next request. */
class S3FaultsTest {
    private static final int SMALL = 200_000, LARGE = (int) PartLayout.MIN_SIZE + 1000;

    @TempDir
    Path directory;

    private S3FaultProxy proxy;
    private S3Settings.Bucket bucket;
    private S3BlobStore store;
    private SpoolDirectory spools;

    @BeforeEach
    void open() throws IOException {
        proxy = new S3FaultProxy();
        bucket = S3Server.freshBucket();
        S3Settings direct = S3Server.settings(bucket);
        store = new S3BlobStore(
                new S3Settings(
                        new S3Settings.Bucket(Optional.of(proxy.url()), bucket.region(), bucket.name(), "", true),
                        direct.credentials(),
                        direct.objects(),
                        new S3Settings.Requests(2, 3, Duration.ofSeconds(10)),
                        S3Settings.Redirects.NONE,
                        Optional.empty()),
                InstantSource.system());
        spools = SpoolDirectory.open(directory);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
        proxy.close();
        spools.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"RESET_IN_REQUEST", "CLOSED_IN_RESPONSE", "ERROR_AFTER_SUCCESS", "SLOW_DOWN"})
    void aSmallBlobIsStoredDespiteOneFault(Fault fault) throws IOException {
        proxy.plan("^PUT ", fault);
        assertStored(SMALL);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"RESET_IN_REQUEST", "ERROR_AFTER_SUCCESS", "SLOW_DOWN"})
    void aLargeBlobIsStoredDespiteAFaultOfOnePart(Fault fault) throws IOException {
        proxy.plan("^PUT .*partNumber=2", fault);
        assertStored(LARGE);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"ERROR_AFTER_SUCCESS", "SLOW_DOWN"})
    void aLargeBlobIsStoredDespiteAFaultAtItsCompletion(Fault fault) throws IOException {
        proxy.plan("^POST .*uploadId=", fault);
        assertStored(LARGE);
    }

    private void assertStored(int size) throws IOException {
        BlobLocation location = put(size);
        assertThat(proxy.remaining()).isZero();
        assertThat(read(location)).isEqualTo(bytes(size));
        assertThat(leftParts()).isZero();
        assertThatNoConnectionIsLost(location);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"CLOCK_SKEW", "OTHER_REGION"})
    void aRejectedBlobIsNotAcknowledged(Fault fault) throws IOException {
        int attempts = fault == Fault.CLOCK_SKEW ? 3 : 1; // the SDK corrects its clock and repeats the request
        for (int attempt = 0; attempt < attempts; attempt++) {
            proxy.plan("^PUT ", fault);
        }
        assertThatThrownBy(() -> put(SMALL))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageMatching(".* (403 RequestTimeTooSkewed|301 PermanentRedirect)");
        assertThatNoConnectionIsLost(put(SMALL));
    }

    @Test
    void aLargeBlobWhosePartsFailLeavesNothing() throws IOException {
        for (int attempt = 0; attempt < 3; attempt++) {
            proxy.plan("^PUT .*partNumber=1", Fault.SLOW_DOWN);
        }
        assertThatThrownBy(() -> put(LARGE)).isInstanceOf(StoreUnavailableException.class);
        assertThat(store.isEmpty()).isTrue();
        assertThat(leftParts()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"CLOSED_IN_RESPONSE", "ERROR_AFTER_SUCCESS", "SLOW_DOWN"})
    void aBlobIsReadDespiteOneFault(Fault fault) throws IOException {
        BlobLocation location = put(3 * S3Reader.PIECE_BYTES);
        proxy.plan("^GET ", fault);
        assertThat(read(location)).isEqualTo(bytes(3 * S3Reader.PIECE_BYTES));
        assertThat(proxy.remaining()).isZero();
        assertThatNoConnectionIsLost(location);
    }

    @Test
    void anObjectThatIsMissingIsNotFound() throws IOException {
        BlobLocation location = put(SMALL);
        proxy.plan("^GET ", Fault.NOT_FOUND);
        assertThatThrownBy(() -> read(location)).isInstanceOf(BlobNotFoundException.class);
        assertThatNoConnectionIsLost(location);
    }

    @Test
    void aResponseThatStopsEndsAtTheDeadline() throws IOException {
        try (S3BlobStore impatient = new S3BlobStore(
                new S3Settings(
                        new S3Settings.Bucket(Optional.of(proxy.url()), bucket.region(), bucket.name(), "", true),
                        S3Server.settings(bucket).credentials(),
                        S3Server.settings(bucket).objects(),
                        new S3Settings.Requests(2, 1, Duration.ofSeconds(1)),
                        S3Settings.Redirects.NONE,
                        Optional.empty()),
                InstantSource.system())) {
            BlobLocation location = put(SMALL);
            proxy.plan("^GET ", Fault.HELD_RESPONSE);
            assertThatThrownBy(() -> impatient.open(location, 0, SMALL).close())
                    .isInstanceOf(StoreUnavailableException.class);
            proxy.release();
            impatient.open(location, 0, SMALL).close();
        }
    }

    private void assertThatNoConnectionIsLost(BlobLocation location) throws IOException {
        for (int request = 0; request < 4; request++) {
            store.open(location, 0, 10).close();
        }
    }

    private BlobLocation put(int size) throws IOException {
        try (Spool spool = spools.receive(new ByteArrayInputStream(bytes(size)), size)) {
            BlobLocation location = BlobLocation.newFor(spool.id());
            store.put(spool, location);
            return location;
        }
    }

    private byte[] read(BlobLocation location) throws IOException {
        try (InputStream stream = store.open(location, 0, Long.MAX_VALUE)) {
            return stream.readAllBytes();
        }
    }

    private int leftParts() {
        return S3Server.client()
                .listMultipartUploads(request -> request.bucket(bucket.name()))
                .uploads()
                .size();
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
