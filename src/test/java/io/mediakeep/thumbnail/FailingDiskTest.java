package io.mediakeep.thumbnail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.mediakeep.blob.disk.DiskBlobStore;
import io.mediakeep.matrix.ContentType;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.media.NodeOptions;
import io.mediakeep.media.upload.ExpiringMedia;
import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.persistence.shared.StoreIdentity;
import io.mediakeep.storage.StorageFailure;
import io.mediakeep.testing.Completed;
import io.mediakeep.testing.Eventually;
import io.mediakeep.testing.TestImages;
import io.mediakeep.testing.disk.Disks;
import io.mediakeep.testing.disk.InterceptedFilePath;
import io.mediakeep.testing.fault.FaultyDisk;
import io.mediakeep.testing.fault.FaultyDisk.Fault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The disk fails at the n-th write, force, rename or open of a request, in the files of the database and in ours, for
 * each n: nothing acknowledged is lost, no partial content is served, no file is left, and requests succeed when the
 * disk works again.
 */
@Timeout(600)
class FailingDiskTest {
    /** The distance of the n that are tried; 1 tries all. */
    private static final int STEP = Integer.getInteger("mediakeep.fault.step", 9);

    /** Longer than any expiry or delay of the cleanup. */
    private static final Duration LATER = Duration.ofHours(2);

    private final Map<Mxc, byte[]> acknowledged = new LinkedHashMap<>();
    private Path data;
    private FaultyDisk disk;
    private ThumbnailNode node;
    private int images;
    private byte[] image;
    private Mxc subject;

    @TempDir
    Path directory;

    /** The operation during which the disk fails. */
    enum Work {
        UPLOAD,
        RESERVED_UPLOAD,
        THUMBNAIL,
        DELETION
    }

    @BeforeEach
    void prepare() throws IOException {
        data = Files.createDirectory(directory.resolve("data"));
        new DiskBlobStore(data.resolve("blobs")).identify(new StoreIdentity(UUID.randomUUID(), ""));
    }

    private void open(Fault fault) throws IOException {
        disk = new FaultyDisk(data, fault);
        node = node(InterceptedFilePath.SCHEME + ":" + data, Disks.path(data));
    }

    private static ThumbnailNode node(String database, Path data) throws IOException {
        String url = "jdbc:h2:" + database + "/mediakeep";
        return new ThumbnailNode(
                new DatabaseSettings(url, Optional.empty(), Optional.empty(), 4),
                data.resolve("blobs"),
                new NodeOptions());
    }

    @AfterEach
    void close() throws IOException {
        node.close();
        disk.close();
    }

    @ParameterizedTest
    @CsvSource({
        "UPLOAD, NO_SPACE, false",
        "UPLOAD, IO_ERROR, true",
        "RESERVED_UPLOAD, IO_ERROR, false",
        "THUMBNAIL, IO_ERROR, false",
        "THUMBNAIL, NO_SPACE, true",
        "DELETION, NO_SPACE, false",
        "DELETION, IO_ERROR, true"
    })
    void afterAnyFailureNothingIsLostAndRequestsSucceed(Work work, Fault fault, boolean once) throws Exception {
        open(fault);
        boolean failed = true;
        for (int n = 0; failed; n += STEP) {
            prepare(work);
            if (once) {
                disk.failOnceAfter(n);
            } else {
                disk.failAfter(n);
            }
            Optional<Throwable> failure = failureOf(work);
            failed = disk.repair();
            failure.ifPresent(FailingDiskTest::assertStorageFailure);
            Eventually.holds(() -> assertThatCode(() -> perform(work)).doesNotThrowAnyException());
        }
        disk.failAfter(0); // from here on the files are as a killed process leaves them
        Path left = copyOfData();
        disk.repair();
        assertServesAll(left);
    }

    private void prepare(Work work) throws Exception {
        image = TestImages.png(60 + images / 64, 40, images++);
        switch (work) {
            case UPLOAD -> {}
            case RESERVED_UPLOAD ->
                subject = node.uploads.create(ThumbnailNode.ALICE).mxc();
            case THUMBNAIL -> {
                subject = node.upload(image);
                acknowledged.put(subject, image);
            }
            case DELETION ->
                node.expiring.store(
                        new ExpiringMedia.Source(
                                ContentType.OCTET_STREAM,
                                Optional.empty(),
                                image.length,
                                new ByteArrayInputStream(image)),
                        node.clock.instant());
        }
    }

    private Optional<Throwable> failureOf(Work work) {
        try {
            perform(work);
            return Optional.empty();
        } catch (Exception failure) {
            return Optional.of(failure);
        }
    }

    /** As for the response to a client. */
    private static void assertStorageFailure(Throwable failure) {
        assertThat(StorageFailure.of(failure)).as("%s", failure).isPresent();
    }

    private void perform(Work work) throws Exception {
        switch (work) {
            case UPLOAD -> acknowledged.put(node.upload(image), image);
            case RESERVED_UPLOAD -> complete();
            case THUMBNAIL ->
                assertThat(TestImages.size(ThumbnailNode.read(
                                node.open(subject, ThumbnailsContract.SMALL).get())))
                        .isEqualTo("32x32");
            case DELETION -> {
                node.expiring.removeExpired(10);
                node.cleanup.remove();
            }
        }
    }

    /** A failed upload may have been stored nevertheless: then the next one is rejected. */
    private void complete() throws Exception {
        try {
            Completed.of(node.uploads.complete(subject, ThumbnailNode.uploadOf(image)));
        } catch (MatrixException stored) {
            assertThat(stored.status()).isEqualTo(409);
            assertThat(ServedContent.read(node, subject)).isEqualTo(image);
        }
        acknowledged.put(subject, image);
    }

    private Path copyOfData() throws IOException {
        Path copy = directory.resolve("copy");
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, copy.resolve(data.relativize(file)));
            }
        }
        return copy;
    }

    private void assertServesAll(Path left) throws Exception {
        try (ThumbnailNode again = node(left.toString(), left)) {
            for (Map.Entry<Mxc, byte[]> upload : acknowledged.entrySet()) {
                assertThat(ServedContent.read(again, upload.getKey())).isEqualTo(upload.getValue());
            }
            ServedContent.assertAllIntact(again);
            again.clock.advance(LATER);
            again.cleanup.remove();
            assertThat(filesOf(left.resolve("blobs"))).hasSize((int) again.rows("BlobEntity"));
            assertThat(again.rows("RemovalCandidateEntity")).isZero();
        }
        assertThat(filesOf(data.resolve("blobs/spool"))).isEmpty();
    }

    /** Without the files of the store's identity. */
    private static List<Path> filesOf(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .toList();
        }
    }
}
