package io.mediakeep.media.blob;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.BlobStore;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.media.MediaNode;
import io.mediakeep.media.NodeOptions;
import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.testing.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each step of a removal on one node is delayed while the other node completes it, stores the same content, removes it,
 * and stores it again: acknowledged content exists, and nothing else.
 */
class LateRemovalTest {
    private static final int MAX_STEPS = 4;

    @TempDir
    Path directory;

    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private DelayedRemovalStore held;
    private int live;

    /** The step of the removal that is delayed. */
    private enum Late {
        BEGIN,
        DELETE,
        END
    }

    @ParameterizedTest
    @CsvSource({"false,false", "false,true", "true,false", "true,true"})
    void aDelayedRemovalDoesNotAffectANewUpload(boolean postgres, boolean inDatabase) throws Exception {
        DatabaseSettings database = postgres ? PostgresServer.freshDatabase() : embedded(inDatabase);
        Supplier<NodeOptions> options = () -> new NodeOptions().blobsInDatabase(inDatabase);
        UnaryOperator<BlobStore> holding = inner -> held = new DelayedRemovalStore(inner);
        try (MediaNode a = new MediaNode(database, directory, options.get().wrapStore(holding));
                MediaNode b = new MediaNode(database, directory, options.get())) {
            for (Late late : Late.values()) {
                for (int steps = 0; steps <= MAX_STEPS; steps++) {
                    removeLate(a, b, late, steps);
                    assertThat(a.rows("BlobEntity")).isEqualTo(live);
                    assertThat(a.rows("RemovalCandidateEntity")).isZero();
                    assertThat(inDatabase ? a.rows("CompleteBlobEntity") : files())
                            .isEqualTo(live);
                }
            }
        } finally {
            executor.shutdownNow();
        }
    }

    private static DatabaseSettings embedded(boolean inDatabase) {
        String url = "jdbc:h2:mem:late" + inDatabase + ";DB_CLOSE_DELAY=-1";
        return new DatabaseSettings(url, Optional.empty(), Optional.empty(), 8);
    }

    /**
     * @param steps a sequence of: complete the removal, upload the same content, remove that, upload the same content
     * again
     */
    private void removeLate(MediaNode a, MediaNode b, Late late, int steps) throws Exception {
        String text = late + " is late, " + steps + " steps";
        a.delete(a.upload(MediaNode.ALICE, text));
        Runnable goOn = late == Late.BEGIN ? listed(a) : awaitDelayed(a, late);
        Optional<Mxc> stored = Optional.empty();
        for (int step = 0; step < steps; step++) {
            if (step % 2 == 0) {
                stored.ifPresent(b::delete);
                stored = Optional.empty();
                b.blobs.removeDue(10);
            } else {
                stored = Optional.of(b.upload(MediaNode.BOB, text));
            }
        }
        goOn.run();
        for (Mxc mxc : stored.stream().toList()) {
            live++;
            assertThat(a.read(mxc)).isEqualTo(text);
            assertThat(b.read(mxc)).isEqualTo(text);
        }
    }

    /** The node has listed the candidates, and continues with that list. */
    private Runnable listed(MediaNode a) {
        List<BlobLocation> due = a.removals.due(10);
        assertThat(due).hasSize(1);
        return () -> finish(executor.submit(() -> a.blobs.remove(due.get(0))));
    }

    private Runnable awaitDelayed(MediaNode a, Late late) throws InterruptedException {
        DelayedRemovalStore.Hold hold = held.delayNext(late == Late.END);
        Future<?> removal = executor.submit(() -> a.blobs.removeDue(10));
        assertThat(hold.awaitReached()).as("removal of %s", removal).isTrue();
        return () -> {
            hold.release();
            finish(removal);
        };
    }

    private static void finish(Future<?> removal) {
        try {
            removal.get(1, TimeUnit.MINUTES);
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    private long files() throws Exception {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(directory.resolve("spool")))
                    .count();
        }
    }
}
