package io.mediakeep.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.BlobStore;
import io.mediakeep.blob.ForwardingStore;
import io.mediakeep.blob.Spool;
import io.mediakeep.blob.VerifiedStore;
import io.mediakeep.blob.s3.S3BlobStore;
import io.mediakeep.integrity.Finding.Kind;
import io.mediakeep.jobs.Job;
import io.mediakeep.jobs.JobCatalog;
import io.mediakeep.jobs.JobError;
import io.mediakeep.jobs.JobLeaseCatalog;
import io.mediakeep.jobs.JobState;
import io.mediakeep.jobs.Jobs;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.media.MediaNode;
import io.mediakeep.media.NodeOptions;
import io.mediakeep.media.blob.BlobCheckCatalog;
import io.mediakeep.media.blob.BlobReferenceCatalog;
import io.mediakeep.media.blob.StoredBlob;
import io.mediakeep.persistence.shared.StoreIdentity;
import io.mediakeep.testing.Eventually;
import io.mediakeep.testing.H2Database;
import io.mediakeep.testing.server.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoreCheckTest {
    @TempDir
    Path directory;

    private MediaNode node;
    private JobCatalog jobs;
    private Job last;

    enum Store {
        DISK,
        DATABASE,
        S3
    }

    @AfterEach
    void close() throws IOException {
        node.close();
    }

    @ParameterizedTest
    @EnumSource(Store.class)
    void findsAndRepairsEachKindOfDifference(Store kind) throws Exception {
        open(options(kind));
        Mxc intact = upload("intact");
        Map<Kind, BlobLocation> different = new HashMap<>();
        different.put(Kind.MISSING, node.location(upload("missing")));
        different.put(Kind.WRONG_SIZE, node.location(upload("short")));
        different.put(Kind.WRONG_HASH, node.location(upload("flipped")));
        different.put(Kind.UNREFERENCED, node.location(upload("unreferenced")));
        different.put(Kind.ORPHAN, put("orphan", Optional.empty()));
        node.store.delete(different.get(Kind.MISSING));
        replace(different.get(Kind.WRONG_SIZE), "longer");
        replace(different.get(Kind.WRONG_HASH), "fl1pped");
        node.transactions.run(entities -> entities.createQuery("delete from MediaEntity where blobHash = :hash")
                .setParameter("hash", different.get(Kind.UNREFERENCED).id().sha256())
                .executeUpdate());

        assertThat(check(true, false)).isEqualTo(different);
        assertThat(last.done()).isEqualTo(5);
        Map<Kind, BlobLocation> withoutReading = new HashMap<>(different);
        withoutReading.remove(Kind.WRONG_HASH);
        assertThat(check(false, false)).isEqualTo(withoutReading);
        assertThat(damaged()).isEmpty();
        assertThat(listed()).contains(different.get(Kind.ORPHAN), different.get(Kind.UNREFERENCED));

        assertThat(check(true, true)).isEqualTo(different);
        assertThat(jobs.errors(last.id(), 0, 10))
                .extracting(JobError::reason)
                .allMatch(reason -> reason.matches(".*; .* is marked as .*|.*; (it is|they are) removed"));
        Map<Kind, BlobLocation> lost = new HashMap<>(different);
        lost.remove(Kind.UNREFERENCED);
        lost.remove(Kind.ORPHAN);
        assertThat(damaged()).containsExactlyInAnyOrderElementsOf(lost.values());
        assertThat(listed())
                .containsExactlyInAnyOrder(
                        node.location(intact), different.get(Kind.WRONG_SIZE), different.get(Kind.WRONG_HASH));
        assertThat(check(false, false)).isEqualTo(lost);
        assertThat(node.read(intact)).isEqualTo("intact");
    }

    @Test
    void recognisesARestoredBlobAsIntact() throws Exception {
        open(options(Store.DISK));
        BlobLocation lost = node.location(upload("lost"));
        node.store.delete(lost);
        check(false, true);
        put("lost", Optional.of(lost));
        assertThat(check(false, true)).isEqualTo(Map.of(Kind.INTACT, lost));
        assertThat(check(false, false)).isEmpty();
        assertThat(damaged()).isEmpty();
    }

    @Test
    void namesTheMediaThatIsLost() throws Exception {
        open(options(Store.DISK));
        Mxc lost = upload("lost");
        node.store.delete(node.location(lost));
        check(false, false);
        assertThat(jobs.errors(last.id(), 0, 10))
                .containsExactly(new JobError(node.location(lost) + " (" + lost + ")", "The bytes are missing"));
    }

    /** Each time the store has been listed, media is uploaded, and other media is removed. */
    @Test
    void uploadsAndRemovalsMeanwhileAreNoFindings() throws Exception {
        open(options(Store.DISK).wrapStore(disk -> new ForwardingStore(disk) {
            @Override
            public List<Listed> list(Optional<BlobLocation> after, int max) throws IOException {
                List<Listed> listed = super.list(after, max);
                change();
                return listed;
            }
        }));
        for (int i = 0; i < 6; i++) {
            upload("media " + i);
        }
        assertThat(check(true, true)).isEmpty();
        assertThat(node.rows("MediaEntity")).isEqualTo(6);
    }

    private void change() {
        try {
            upload("media " + UUID.randomUUID());
            Object[] some = node.transactions.call(
                    entities -> entities.createQuery("select origin, mediaId from MediaEntity", Object[].class)
                            .setMaxResults(1)
                            .getSingleResult());
            node.delete(Mxc.parse("mxc://" + some[0] + "/" + some[1]));
            node.blobs.removeDue(10);
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void anUploadInProgressIsNoFinding() throws Exception {
        open(options(Store.DISK).wrapStore(disk -> new ForwardingStore(disk) {
            @Override
            public void put(Spool spool, BlobLocation location) throws IOException {
                assertThat(check(true, true)).isEmpty();
                super.put(spool, location);
            }
        }));
        try (Spool spool = node.spools.receive(MediaNode.bytes("a cat"), 100)) {
            BlobLocation stored = node.blobs.store(spool, location -> {
                assertThat(check(true, true)).isEmpty();
                return Optional.of(location);
            });
            assertThat(listed()).containsExactly(stored);
        }
    }

    @Test
    void aStoreThatIsNotMountedIsNotTakenForAnEmptyOne() throws Exception {
        UUID id = UUID.randomUUID();
        open(options(Store.DISK)
                .wrapStore(disk -> new VerifiedStore(disk, new StoreIdentity(id, "the database"), true)));
        node.store.identify(new StoreIdentity(id, "the database"));
        upload("a cat");
        for (String shard : List.of("blobs", "away")) {
            Files.createDirectories(directory.resolve(shard));
        }
        Files.move(directory.resolve(".mediakeep-store"), directory.resolve("away/.mediakeep-store"));
        check(false, true);
        assertThat(last.state()).isEqualTo(JobState.FAILED);
        assertThat(damaged()).isEmpty();
    }

    @Test
    void rangesCoverBothSidesOnce() throws Exception {
        open(options(Store.DISK));
        Set<BlobLocation> missing = new HashSet<>();
        Set<BlobLocation> orphans = new HashSet<>();
        for (int i = 0; i < 24; i++) {
            BlobLocation stored = node.location(upload("media " + i));
            if (i % 3 == 0) {
                node.store.delete(stored);
                missing.add(stored);
            } else {
                orphans.add(put("orphan " + i, Optional.empty()));
            }
        }
        Set<BlobLocation> withoutRow = new HashSet<>();
        Set<BlobLocation> withoutBytes = new HashSet<>();
        int rows = 0;
        Optional<BlobLocation> next = Optional.empty();
        do {
            CheckedRange range = CheckedRange.read(next, 3, node.blobs, node.integrity);
            assertThat(range.rows()).hasSizeLessThanOrEqualTo(3);
            withoutRow.addAll(range.withoutRow());
            range.withoutBytes().forEach(blob -> withoutBytes.add(blob.location()));
            rows += range.rows().size();
            next = range.next();
        } while (next.isPresent());
        assertThat(rows).isEqualTo(24);
        assertThat(withoutRow).isEqualTo(orphans);
        assertThat(withoutBytes).isEqualTo(missing);
    }

    private NodeOptions options(Store kind) {
        NodeOptions options = new NodeOptions().blobsInDatabase(kind == Store.DATABASE);
        return kind == Store.S3
                ? options.wrapStore(
                        disk -> new S3BlobStore(S3Server.settings(S3Server.freshBucket()), InstantSource.system()))
                : options;
    }

    private void open(NodeOptions options) throws IOException {
        node = new MediaNode(H2Database.inMemory(), directory, options);
        jobs = new JobCatalog(node.transactions, node.clock);
    }

    /** Runs a check, and returns its findings. */
    private Map<Kind, BlobLocation> check(boolean deep, boolean repair) {
        JobLeaseCatalog leases = new JobLeaseCatalog(node.transactions, node.clock);
        StoreCheck check = new StoreCheck(
                node.blobs,
                node.integrity,
                new BlobCheckCatalog(node.transactions, new BlobReferenceCatalog(), node.clock),
                leases);
        try (Jobs running = new Jobs(jobs, leases, List.of(check), node.clock)) {
            long id = running.start(check, StoreCheck.parameters(deep, repair).toString(), Optional.empty())
                    .id();
            Eventually.holds(() ->
                    assertThat(jobs.find(id).orElseThrow().state().isFinal()).isTrue());
            last = jobs.find(id).orElseThrow();
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
        Map<Kind, BlobLocation> findings = new HashMap<>();
        for (JobError error : jobs.errors(last.id(), 0, 100)) {
            assertThat(findings.put(
                            kind(error, repair),
                            new BlobLocation(error.subject().split(" ")[0])))
                    .isNull();
        }
        return findings;
    }

    private static Kind kind(JobError error, boolean repair) {
        return List.of(Kind.values()).stream()
                .filter(kind -> kind.text(repair).equals(error.reason()))
                .findFirst()
                .orElseThrow();
    }

    private Mxc upload(String text) throws Exception {
        return node.upload(MediaNode.ALICE, text);
    }

    /** Puts bytes at a location, by default at a new one of which there is no row. */
    private BlobLocation put(String text, Optional<BlobLocation> at) throws IOException {
        try (Spool spool = node.spools.receive(MediaNode.bytes(text), 100)) {
            BlobLocation location = at.orElseGet(() -> BlobLocation.newFor(spool.id()));
            node.store.put(spool, location);
            return location;
        }
    }

    private void replace(BlobLocation location, String text) throws IOException {
        node.store.delete(location);
        put(text, Optional.of(location));
    }

    private List<BlobLocation> listed() throws IOException {
        return node.store.list(Optional.empty(), BlobStore.MAX_LISTED).stream()
                .map(BlobStore.Listed::location)
                .toList();
    }

    private List<BlobLocation> damaged() {
        return node.integrity.after("", 100).stream()
                .filter(StoredBlob::damaged)
                .map(StoredBlob::location)
                .toList();
    }
}
