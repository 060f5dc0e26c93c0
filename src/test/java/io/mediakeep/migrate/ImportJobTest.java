package io.mediakeep.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.blob.BlobId;
import io.mediakeep.jobs.Job;
import io.mediakeep.jobs.JobError;
import io.mediakeep.jobs.JobState;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.UserId;
import io.mediakeep.media.MediaNode;
import io.mediakeep.media.NodeOptions;
import io.mediakeep.migrate.source.SourceSettings;
import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.testing.Completed;
import io.mediakeep.testing.Eventually;
import io.mediakeep.testing.H2Database;
import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The import job on a node. */
class ImportJobTest {
    private static final Mxc CAT = Mxc.parse("mxc://c.mk.test:22301/pITCjqafYXzSEvxjBCnOtpAj");
    private static final String NOTES_FILE = "local_content/Dv/yb/bWntFfHLNvLwMIWtrXKN";
    private static final String NOTES_HASH = "b8fb07e729d2c238732229327c1b0669dcb8a15705340409cbbed2a6995898e2";
    private static final BlobId CAT_HASH =
            new BlobId("38519e9c86d776b49198fb4b10bfa2b2d531be64bb82302fa25cea1b677bbc4c");
    private static final UserId ALICE = new UserId("@alice:c.mk.test:22301");

    @TempDir
    Path directory;

    private final DatabaseSettings database = H2Database.inMemory();
    private SampleStore store;

    @BeforeEach
    void create() throws Exception {
        store = SampleStore.onSqlite(SourceSettings.Kind.SYNAPSE, Files.createDirectory(directory.resolve("store")));
    }

    private ImportNode node(boolean link, OptionalInt itemsPerSecond) throws Exception {
        return new ImportNode(
                database, directory.resolve("node"), new NodeOptions(), store.settings(link), itemsPerSecond);
    }

    private void expectAll(ImportNode node) throws Exception {
        List<JsonObject> uploads = store.items().stream()
                .filter(item -> item.getString("uploader").equals(ALICE.value()))
                .toList();
        assertThat(node.media.rows("MediaEntity")).isEqualTo(store.items().size());
        assertThat(node.media.usage.of(ALICE).files()).isEqualTo(uploads.size());
        assertThat(node.media.usage.of(ALICE).bytes())
                .isEqualTo(
                        uploads.stream().mapToInt(item -> item.getInt("size")).sum());
    }

    @Test
    void noMoreThanTheConfiguredItemsAreImportedInASecond() throws Exception {
        int items = store.items().size();
        try (ImportNode node = node(false, OptionalInt.of(10))) {
            long start = System.nanoTime();
            Job done = node.done(node.start());
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(items * 95L));
            assertThat(done.done()).isEqualTo(items);
            expectAll(node);
        }
    }

    @Test
    void theJobOfADeadNodeIsContinuedAndCountsNothingTwice() throws Exception {
        try (ImportNode dead = node(false, OptionalInt.of(5))) {
            Job begun = dead.start();
            Eventually.holds(() -> assertThat(dead.now(begun).done()).isGreaterThanOrEqualTo(5));
            assertThat(dead.now(begun).done()).isLessThan(store.items().size());
            dead.media.database.close();
            try (ImportNode other = node(false, OptionalInt.empty())) {
                other.media.clock.advance(Duration.ofMinutes(1));
                other.runWaiting();
                assertThat(other.done(begun).done()).isEqualTo(store.items().size());
                assertThat(other.now(begun).errors()).isZero();
                expectAll(other);
            }
        }
    }

    @Test
    void aJobWaitsWhileTheDirectoryIsAway() throws Exception {
        Path away = Files.move(store.files(), directory.resolve("away"));
        try (ImportNode node = node(false, OptionalInt.empty())) {
            Job job = node.start();
            Eventually.holds(() -> assertThat(node.now(job).total()).isPresent());
            Files.move(away, store.files());
            assertThat(node.done(job).errors()).isZero();
            expectAll(node);
        }
    }

    @Test
    void filesAreLinkedWhereThatIsConfiguredAndElseCopied() throws Exception {
        try (ImportNode node = node(true, OptionalInt.empty())) {
            node.done(node.start());
            assertThat(Files.isSameFile(stored(), store.files().resolve(NOTES_FILE)))
                    .isTrue();
        }
    }

    @Test
    void copiedFilesAreNotThoseOfTheStore() throws Exception {
        try (ImportNode node = node(false, OptionalInt.empty())) {
            node.done(node.start());
            assertThat(Files.isSameFile(stored(), store.files().resolve(NOTES_FILE)))
                    .isFalse();
            assertThat(stored()).hasSameBinaryContentAs(store.files().resolve(NOTES_FILE));
        }
    }

    /** The blob of content that only one file has. */
    private Path stored() throws Exception {
        try (Stream<Path> files = Files.walk(directory.resolve("node"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(NOTES_HASH))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void blockedContentIsNeitherServedNorImportedButListed() throws Exception {
        try (ImportNode node = node(false, OptionalInt.empty())) {
            node.restrictions.block(List.of(Map.entry(CAT_HASH, Optional.empty())), MediaNode.ALICE);
            assertThat(Completed.of(node.imports.requested().find(CAT))).isEmpty();
            Job done = node.done(node.start());
            assertThat(node.catalog.errors(done.id(), 0, 10))
                    .extracting(JobError::reason)
                    .hasSize(3)
                    .containsOnly("Its content is blocked by the administrators of this server");
            assertThat(node.media.rows("MediaEntity")).isEqualTo(store.items().size() - 3);
        }
    }

    @Test
    void aDryRunListsWhatCannotBeHadAndImportsNothing() throws Exception {
        Files.delete(store.files().resolve(NOTES_FILE));
        try (ImportNode node = node(false, OptionalInt.empty())) {
            Job trial = node.done(node.start(node.dryRun));
            assertThat(trial.done()).isEqualTo(store.items().size());
            assertThat(node.media.rows("MediaEntity")).isZero();
            Job job = node.done(node.start());
            assertThat(node.media.rows("MediaEntity")).isEqualTo(store.items().size() - 1);
            assertThat(node.catalog.errors(trial.id(), 0, 10))
                    .isEqualTo(node.catalog.errors(job.id(), 0, 10))
                    .extracting(JobError::reason)
                    .containsExactly("The file is missing: " + NOTES_FILE);
        }
    }

    @Test
    void aJobForOtherSourcesFails() throws Exception {
        try (ImportNode dead = node(false, OptionalInt.of(5))) {
            Job begun = dead.start();
            Eventually.holds(() -> assertThat(dead.now(begun).done()).isGreaterThanOrEqualTo(5));
            dead.media.database.close();
            store = SampleStore.onSqlite(
                    SourceSettings.Kind.SYNAPSE, Files.createDirectory(directory.resolve("another")));
            try (ImportNode other = node(false, OptionalInt.empty())) {
                other.media.clock.advance(Duration.ofMinutes(1));
                other.runWaiting();
                Eventually.holds(() -> assertThat(other.now(begun).state()).isEqualTo(JobState.FAILED));
            }
        }
    }
}
