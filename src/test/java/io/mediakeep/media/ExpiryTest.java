package io.mediakeep.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.admin.removal.TestRetention;
import io.mediakeep.blob.BlobId;
import io.mediakeep.blob.BlobLocation;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.media.blob.RemovalCatalog;
import io.mediakeep.testing.H2Database;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After a year no expired rows are left. Previews and thumbnails have tests of their own. */
class ExpiryTest {
    private static final Duration YEAR = Duration.ofDays(365);

    /** More than one batch of the maintenance. */
    private static final int MANY = 1201;

    @TempDir
    Path directory;

    private MediaNode node;

    @BeforeEach
    void start() throws IOException {
        node = new MediaNode(H2Database.in(directory), directory.resolve("blobs"), new NodeOptions().maxPending(MANY));
    }

    @AfterEach
    void stop() throws IOException {
        node.close();
    }

    @Test
    void allExpiredReservationsAreRemoved() throws Exception {
        node.transactions.run(entities -> {
            for (int i = 0; i < MANY; i++) {
                entities.persist(new PendingMediaEntity(
                        "id" + i,
                        MediaNode.ALICE,
                        node.clock.instant(),
                        node.clock.instant().plus(Duration.ofHours(24))));
            }
        });
        node.pendingCatalog.lock(new Mxc(MediaNode.LOCAL, "id0"), MediaNode.ALICE); // of a node that was killed
        node.cleanup.remove();
        assertThat(node.rows("PendingMediaEntity")).isEqualTo(MANY);
        node.clock.advance(YEAR);
        node.cleanup.remove();
        assertThat(node.rows("PendingMediaEntity")).isZero();
    }

    @Test
    void allRemovalCandidatesAreRemoved() throws Exception {
        node.transactions.run(entities -> {
            for (int i = 0; i < MANY; i++) {
                BlobLocation gone = BlobLocation.newFor(new BlobId(String.format("%064d", i)));
                RemovalCatalog.add(entities, gone, node.clock.instant());
            }
        });
        node.clock.advance(YEAR);
        node.cleanup.remove();
        assertThat(node.rows("BlobEntity") + node.rows("RemovalCandidateEntity"))
                .isZero();
    }

    @Test
    void unusedRemoteMediaIsRemovedUnlessQuarantined() throws Exception {
        Media ours =
                node.catalog.findIntact(node.upload(MediaNode.ALICE, "ours")).orElseThrow();
        node.transactions.run(entities -> {
            for (int i = 0; i < MANY; i++) {
                entities.persist(MediaEntity.copyOf(remoteMedia(ours, "copy" + i, i == 0)));
            }
        });
        node.clock.advance(YEAR);
        TestRetention.enforce(node, TestRetention.remoteAfter(Duration.ofDays(30)));
        node.cleanup.remove();
        assertThat(node.rows("MediaEntity")).isEqualTo(2);
        assertThat(node.read(ours.mxc())).isEqualTo("ours");
    }

    private static Media remoteMedia(Media media, String id, boolean quarantined) {
        return new Media(
                new Mxc(new ServerName("other.example"), id),
                Optional.empty(),
                media.contentType(),
                media.fileName(),
                media.size(),
                media.blob(),
                media.createdAt(),
                false,
                quarantined);
    }

    /** Every table is listed here with its bound. Keys of other servers and failed lookups are in memory only. */
    @Test
    void everyTableIsBoundedOrCleanedUp() {
        List<?> tables = node.transactions.call(entities -> entities.createNativeQuery(
                        "select lower(table_name) from information_schema.tables where table_schema = 'PUBLIC'",
                        String.class)
                .getResultList());
        assertThat(tables)
                .map(String.class::cast)
                .containsExactlyInAnyOrder(
                        "media", // uploads, remote media until its retention ends, and preview images until they expire
                        "thumbnail", // a limited number for each media item, deleted with it
                        "stored_blob", // one for each media item and thumbnail, and for uploads of the last hour
                        "blob_chunk", // of those
                        "complete_blob", // of those
                        "removal_candidate", // swept
                        "pending_media", // swept
                        "preview", // swept
                        "user_usage", // one for each user
                        "upload_count", // at most 62 for each user and period of a quota, and swept
                        "lease", // one for each job
                        "store_identity", // one for the database, one for the store in it
                        "scrub", // one
                        "audit", // removed after a year
                        "hash_restriction", // two for each hash that an administrator names
                        "quarantined_uri", // one for each URI of another server that an administrator names
                        "removed_media", // one for each imported media item that was deleted
                        "quarantine_change", // the latest ones, up to a limit
                        "quarantine_counter", // one
                        "job", // finished ones are removed after thirty days
                        "job_error", // 10,000 of each job at most
                        "flyway_schema_history"); // one for each migration
    }
}
