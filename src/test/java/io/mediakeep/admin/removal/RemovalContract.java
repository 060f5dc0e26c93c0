package io.mediakeep.admin.removal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.blob.BlobId;
import io.mediakeep.jobs.Job;
import io.mediakeep.jobs.JobCatalog;
import io.mediakeep.jobs.JobLeaseCatalog;
import io.mediakeep.jobs.JobState;
import io.mediakeep.jobs.Jobs;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.matrix.UserId;
import io.mediakeep.media.MediaNode;
import io.mediakeep.media.MediaPosition;
import io.mediakeep.media.MediaRow;
import io.mediakeep.media.MediaRow.Kind;
import io.mediakeep.media.MediaScan;
import io.mediakeep.media.NodeOptions;
import io.mediakeep.media.RemovedMedia;
import io.mediakeep.media.download.PromptAccesses;
import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.testing.Eventually;
import jakarta.json.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Removals of media on a node. */
abstract class RemovalContract {
    static final Duration MONTH = Duration.ofDays(30);

    /** More than two batches. */
    static final int MANY = 2 * MediaRemoval.BATCH + 1;

    @TempDir
    Path directory;

    MediaNode node;
    private MediaRemoval removal;

    abstract DatabaseSettings settings(Path directory);

    @BeforeEach
    void open() throws Exception {
        node = new MediaNode(settings(directory), directory, new NodeOptions().quota(1_000_000, 1_000));
        removal = TestRetention.removal(node);
    }

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    RemovalPlan unused(Kind kind, boolean dryRun) {
        return MediaSelection.unused(kind, node.clock.instant(), OptionalLong.empty())
                .plan(false, dryRun);
    }

    List<Mxc> run(RemovalPlan plan) {
        List<Mxc> removed = new ArrayList<>();
        removal.run(plan, batch -> removed.addAll(batch.removed().media()));
        return removed;
    }

    /** Rows of remote media, all of the same time, with the content of one item. */
    void addRemote(Mxc content, int count) {
        node.transactions.run(entities -> entities.createNativeQuery(
                        "insert into media (origin, media_id, content_type, size, blob_hash, created_at, last_access_at,"
                                + " authenticated_only, quarantined, remote) select 'other.example', x.n, 'image/png', 7,"
                                + " m.blob_hash, m.created_at, m.last_access_at, false, false, true from media m, ("
                                + numbers(count) + ") x where m.media_id = :id")
                .setParameter("id", content.mediaId())
                .executeUpdate());
    }

    private static String numbers(int count) {
        List<String> rows = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            rows.add("select 'copy" + n + "' as n");
        }
        return String.join(" union all ", rows);
    }

    private void set(Mxc mxc, String assignment) {
        node.transactions.run(
                entities -> entities.createQuery("update MediaEntity set " + assignment + " where mediaId = :id")
                        .setParameter("id", mxc.mediaId())
                        .executeUpdate());
    }

    @Test
    void removesUnusedMediaWithItsUsageAndKeepsContentThatIsStillReferenced() throws Exception {
        Mxc shared = node.upload(MediaNode.ALICE, "shared");
        node.upload(MediaNode.ALICE, "alone");
        node.clock.advance(MONTH);
        Mxc other = node.upload(MediaNode.BOB, "shared");
        RemovalPlan plan = MediaSelection.unused(Kind.LOCAL, node.clock.instant(), OptionalLong.of(5))
                .plan(false, false);
        assertThat(run(plan)).containsExactly(shared);
        assertUsage(5, 1);
        node.cleanup.remove();
        assertThat(node.read(other)).isEqualTo("shared");
        assertThat(run(unused(Kind.LOCAL, false))).hasSize(1);
        assertUsage(0, 0);
        node.cleanup.remove();
        assertThat(node.rows("BlobEntity")).isEqualTo(1);
    }

    private void assertUsage(long bytes, long files) {
        assertThat(node.usage.of(MediaNode.ALICE).bytes()).isEqualTo(bytes);
        assertThat(node.usage.of(MediaNode.ALICE).files()).isEqualTo(files);
    }

    @Test
    void removesInBatchesWhateverTheTimesOfAccessAndCountsBeforehand() throws Exception {
        Mxc content = node.upload(MediaNode.ALICE, "a cat");
        addRemote(content, MANY);
        node.clock.advance(MONTH);
        List<Integer> batches = new ArrayList<>();
        assertThat(removal.count(unused(Kind.REMOTE, false))).isEqualTo(MANY);
        removal.run(
                unused(Kind.REMOTE, true),
                batch -> batches.add(batch.removed().media().size()));
        assertThat(batches).containsExactly(MediaRemoval.BATCH, MediaRemoval.BATCH, 1);
        assertThat(node.rows("MediaEntity")).isEqualTo(MANY + 1);
        assertThat(new HashSet<>(run(unused(Kind.REMOTE, false)))).hasSize(MANY);
        assertThat(node.rows("MediaEntity")).isEqualTo(1);
        assertThat(node.read(content)).isEqualTo("a cat");
    }

    @Test
    void byAgeNothingQuarantinedOrProtectedIsRemoved() throws Exception {
        Mxc quarantined = node.upload(MediaNode.ALICE, "quarantined");
        Mxc safe = node.upload(MediaNode.ALICE, "safe");
        set(quarantined, "quarantined = true");
        set(safe, "safeFromQuarantine = true");
        node.clock.advance(MONTH);
        assertThat(run(unused(Kind.LOCAL, false))).isEmpty();
        assertThat(run(selection("quarantined", true).plan(false, false))).containsExactly(quarantined);
        assertThat(run(selection(MediaNode.ALICE).plan(false, false))).containsExactly(safe);
    }

    private static MediaSelection selection(UserId uploader) {
        return RemovalParameters.parse(Json.createObjectBuilder()
                        .add("uploader", uploader.value())
                        .build())
                .selection();
    }

    private static MediaSelection selection(String criterion, boolean value) {
        return RemovalParameters.parse(
                        Json.createObjectBuilder().add(criterion, value).build())
                .selection();
    }

    @Test
    void aSelectionMeansAllOfItsCriteria() throws Exception {
        Mxc cat = node.upload(MediaNode.ALICE, "a cat");
        Mxc dog = node.upload(MediaNode.ALICE, "a dog");
        BlobId hash = node.catalog.findIntact(cat).orElseThrow().blob().id();
        RemovalParameters other = RemovalParameters.parse(new RemovalParameters(
                        new MediaSelection(
                                Optional.of(dog),
                                Optional.of(MediaNode.LOCAL),
                                Optional.of(MediaNode.ALICE),
                                Optional.of(hash),
                                Optional.of(Kind.LOCAL),
                                Optional.of(node.clock.instant()),
                                OptionalLong.of(1),
                                Optional.of(false)),
                        true,
                        false)
                .toJson());
        assertThat(run(other.plan())).isEmpty();
        assertThat(run(new RemovalParameters(byHash(hash), false, false).plan()))
                .containsExactly(cat);
        assertThat(node.read(dog)).isEqualTo("a dog");
    }

    private static MediaSelection byHash(BlobId hash) {
        return new MediaSelection(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(hash),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty());
    }

    @Test
    void whatIsAccessedOnAnotherNodeSinceItWasSelectedIsKept() throws Exception {
        Mxc used = node.upload(MediaNode.ALICE, "used");
        Mxc unused = node.upload(MediaNode.ALICE, "unused");
        node.clock.advance(MONTH);
        RemovalPlan plan = unused(Kind.LOCAL, false);
        List<Mxc> selected = TestRetention.catalog(node)
                .page(MediaScan.unused(false, false, node.clock.instant()), MediaPosition.START, 10)
                .stream()
                .map(MediaRow::mxc)
                .toList();
        assertThat(selected).containsExactlyInAnyOrder(used, unused);
        new PromptAccesses(node.catalog, node.clock, MONTH).record(used);
        RemovedMedia removed = TestRetention.catalog(node).remove(selected, plan.condition(), (entities, all) -> {});
        assertThat(removed.media()).containsExactly(unused);
    }

    @Test
    void theFirstMatchingRuleOfTheRetentionDecides() throws Exception {
        Mxc text = node.upload(MediaNode.ALICE, "text");
        Mxc bobs = node.upload(MediaNode.BOB, "another text");
        addRemote(text, 1);
        RetentionSettings settings = new RetentionSettings(
                Optional.of(MONTH),
                Optional.empty(),
                Optional.empty(),
                List.of(
                        rule("@bob:*", Optional.empty(), OptionalLong.of(5), Optional.empty()),
                        rule("@bob:*", Optional.empty(), OptionalLong.empty(), Optional.of(Duration.ofHours(1))),
                        new RetentionSettings.Rule(
                                Optional.of("image/*"),
                                Optional.empty(),
                                Optional.of("*.example"),
                                OptionalLong.empty(),
                                Optional.of(Duration.ofDays(1)))));
        Mxc small = node.upload(MediaNode.BOB, "tiny");
        node.clock.advance(Duration.ofDays(2));
        assertThat(run(new RetentionPolicy(settings).plan(node.clock.instant(), false)))
                .containsExactlyInAnyOrder(small, new Mxc(new ServerName("other.example"), "copy0"));
        node.clock.advance(MONTH);
        assertThat(run(new RetentionPolicy(settings).plan(node.clock.instant(), false)))
                .containsExactly(text);
        assertThat(node.read(bobs)).isEqualTo("another text");
    }

    private static RetentionSettings.Rule rule(
            String uploader, Optional<String> type, OptionalLong largerThan, Optional<Duration> after) {
        return new RetentionSettings.Rule(type, Optional.of(uploader), Optional.empty(), largerThan, after);
    }

    @Test
    void mediaIsRetainedForTheWholeTimeAfterItsLastAccess() throws Exception {
        node.upload(MediaNode.ALICE, "a cat");
        Instant uploaded = node.clock.instant();
        RetentionPolicy policy = new RetentionPolicy(
                new RetentionSettings(Optional.of(MONTH), Optional.empty(), Optional.empty(), List.of()));
        assertThat(run(policy.plan(uploaded.plus(MONTH).plus(PromptAccesses.MAX_DELAY), false)))
                .isEmpty();
        assertThat(run(policy.plan(
                        uploaded.plus(MONTH).plus(PromptAccesses.MAX_DELAY).plusMillis(1), false)))
                .hasSize(1);
    }

    @Test
    void anImageThatMayBeAnAvatarIsKeptAndListed() throws Exception {
        Mxc image = node.upload(MediaNode.ALICE, "an image");
        set(image, "contentType = 'image/png'");
        node.clock.advance(MONTH);
        RemovalPlan plan = MediaSelection.unused(Kind.LOCAL, node.clock.instant(), OptionalLong.empty())
                .plan(true, false);
        List<RemovalBatch> batches = new ArrayList<>();
        removal.run(plan, batches::add);
        assertThat(batches).hasSize(1);
        assertThat(batches.get(0).removed().media()).isEmpty();
        assertThat(batches.get(0).errors())
                .singleElement()
                .satisfies(error -> assertThat(error.subject()).isEqualTo(image.toString()));
    }

    @Test
    void anotherNodeContinuesTheJobAndNothingIsCountedTwice() throws Exception {
        addRemote(node.upload(MediaNode.ALICE, "a cat"), MANY);
        node.clock.advance(MONTH);
        JobCatalog catalog = new JobCatalog(node.transactions, node.clock);
        JobLeaseCatalog dead = new JobLeaseCatalog(node.transactions, node.clock);
        JobLeaseCatalog living = new JobLeaseCatalog(node.transactions, node.clock);
        RemovalJob begun = RemovalJob.ofSelection(removal, dead);
        RemovalJob continued = RemovalJob.ofSelection(removal, living);
        String parameters = new RemovalParameters(
                        MediaSelection.unused(Kind.REMOTE, node.clock.instant(), OptionalLong.empty()), false, false)
                .toJson()
                .toString();
        try (Jobs never = new Jobs(catalog, dead, List.of(), node.clock);
                Jobs jobs = new Jobs(catalog, living, List.of(continued), node.clock)) {
            Job job = never.start(begun, parameters, Optional.empty());
            Job running = dead.acquire(List.of(begun.name())).orElseThrow();
            begun.step(running);
            node.clock.advance(Duration.ofMinutes(1));
            jobs.runWaiting();
            Eventually.holds(() ->
                    assertThat(catalog.find(job.id()).orElseThrow().state()).isEqualTo(JobState.DONE));
            Job done = catalog.find(job.id()).orElseThrow();
            assertThat(done.done()).isEqualTo(MANY);
            assertThat(done.bytes()).isEqualTo(7 * MANY);
            assertThat(node.rows("MediaEntity")).isEqualTo(1);
            assertThatThrownBy(() -> begun.step(running)).isInstanceOf(RuntimeException.class);
        }
    }
}
