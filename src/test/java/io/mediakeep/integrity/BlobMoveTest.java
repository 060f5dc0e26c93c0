package io.mediakeep.integrity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.BlobStore;
import io.mediakeep.blob.ForwardingStore;
import io.mediakeep.blob.Spool;
import io.mediakeep.blob.disk.DiskBlobStore;
import io.mediakeep.blob.s3.S3BlobStore;
import io.mediakeep.jobs.Job;
import io.mediakeep.jobs.JobCatalog;
import io.mediakeep.jobs.JobError;
import io.mediakeep.jobs.JobLeaseCatalog;
import io.mediakeep.jobs.JobState;
import io.mediakeep.jobs.Jobs;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.media.MediaNode;
import io.mediakeep.media.NodeOptions;
import io.mediakeep.media.blob.BlobCheckCatalog;
import io.mediakeep.media.blob.BlobReferenceCatalog;
import io.mediakeep.testing.Eventually;
import io.mediakeep.testing.H2Database;
import io.mediakeep.testing.server.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Moves from the database to a directory, and from a directory to S3. */
class BlobMoveTest {
    @TempDir
    Path directory;

    private BlobStore from;
    private BlobStore to;
    private MediaNode node;
    private JobCatalog jobs;

    @AfterEach
    void close() throws IOException {
        node.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"disk", "s3"})
    void movesAllBlobsWhileBothStoresAreRead(String kind) throws Exception {
        open(
                kind.equals("disk"),
                kind.equals("disk")
                        ? new DiskBlobStore(directory.resolve("new"))
                        : new S3BlobStore(S3Server.settings(S3Server.freshBucket()), InstantSource.system()));
        List<Mxc> media = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            media.add(upload("media " + i, i % 10 != 0));
        }
        assertThat(listed(from)).hasSize(108);

        assertThat(run(kind, false).done()).isEqualTo(120);
        assertThat(listed(to)).hasSize(120).containsAll(listed(from));
        assertThat(run(kind, true).errors()).isZero();
        assertThat(listed(from)).isEmpty();
        for (int i = 0; i < 120; i++) {
            assertThat(node.read(media.get(i))).isEqualTo("media " + i);
        }
    }

    @Test
    void whatIsMissingOrDamagedIsAnErrorAndStays() throws Exception {
        open(false, new DiskBlobStore(directory.resolve("new")));
        Mxc intact = upload("intact", true);
        BlobLocation missing = node.location(upload("missing", true));
        BlobLocation damaged = node.location(upload("damaged", true));
        from.delete(missing);
        from.delete(damaged);
        put(from, "d4maged", damaged);

        Job copied = run("disk", false);
        assertThat(jobs.errors(copied.id(), 0, 10))
                .containsExactlyInAnyOrder(
                        new JobError(missing.value(), "The bytes are missing in the old store"),
                        new JobError(damaged.value(), "The bytes in the old store are damaged"));
        assertThat(listed(to)).containsExactly(node.location(intact));
        assertThat(run("disk", true).errors()).isEqualTo(2);
        assertThat(listed(from)).containsExactly(damaged);
    }

    @Test
    void aBlobThatIsRemovedMeanwhileDoesNotComeBack() throws Exception {
        List<Mxc> removed = new ArrayList<>();
        open(false, new ForwardingStore(new DiskBlobStore(directory.resolve("new"))) {
            @Override
            public void put(Spool spool, BlobLocation location) throws IOException {
                removed.forEach(node::delete);
                removed.clear();
                node.blobs.removeDue(10);
                super.put(spool, location);
            }
        });
        removed.add(upload("removed", true));
        assertThat(run("disk", false).errors()).isZero();
        assertThat(removed).isEmpty();
        assertThat(listed(to)).isEmpty();
        assertThat(listed(from)).isEmpty();
    }

    @Test
    void anotherKindThanTheConfiguredOneIsRejected() throws Exception {
        open(false, new DiskBlobStore(directory.resolve("new")));
        assertThatThrownBy(() -> run("s3", false))
                .isInstanceOf(MatrixException.class)
                .hasMessageContaining("Blobs are stored in disk, not in s3");
    }

    private void open(boolean fromDatabase, BlobStore target) throws IOException {
        to = target;
        Files.createDirectories(directory.resolve("new"));
        NodeOptions options = new NodeOptions().blobsInDatabase(fromDatabase).wrapStore(inner -> {
            from = inner;
            return new BothStores(target, inner);
        });
        node = new MediaNode(H2Database.inMemory(), directory.resolve("old"), options);
        jobs = new JobCatalog(node.transactions, node.clock);
    }

    /** Uploads, by default into the new store. */
    private Mxc upload(String text, boolean old) throws Exception {
        Mxc uploaded = node.upload(MediaNode.ALICE, text);
        if (old) {
            put(from, text, node.location(uploaded));
            to.delete(node.location(uploaded));
        }
        return uploaded;
    }

    private void put(BlobStore store, String text, BlobLocation location) throws IOException {
        try (Spool spool = node.spools.receive(MediaNode.bytes(text), 100)) {
            store.put(spool, location);
        }
    }

    private static List<BlobLocation> listed(BlobStore store) throws IOException {
        return store.list(Optional.empty(), BlobStore.MAX_LISTED).stream()
                .map(BlobStore.Listed::location)
                .toList();
    }

    private Job run(String kind, boolean remove) throws Exception {
        JobLeaseCatalog leases = new JobLeaseCatalog(node.transactions, node.clock);
        BlobMove move = new BlobMove(
                new BlobMove.Stores(from, to, to instanceof S3BlobStore ? "s3" : "disk"),
                node.spools,
                node.integrity,
                new BlobCheckCatalog(node.transactions, new BlobReferenceCatalog(), node.clock),
                leases);
        try (Jobs running = new Jobs(jobs, leases, List.of(move), node.clock)) {
            long id = running.start(move, move.parameters(kind, remove).toString(), Optional.empty())
                    .id();
            Eventually.holds(
                    () -> assertThat(jobs.find(id).orElseThrow().state()).isEqualTo(JobState.DONE));
            return jobs.find(id).orElseThrow();
        }
    }
}
