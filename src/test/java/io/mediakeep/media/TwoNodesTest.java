package io.mediakeep.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.limits.QuotaSettings.Rule;
import io.mediakeep.limits.QuotaSettings.Unit;
import io.mediakeep.limits.QuotaSettings.UsageLimit;
import io.mediakeep.matrix.ErrorCode;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.media.content.Content;
import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.testing.Concurrently;
import io.mediakeep.testing.Eventually;
import io.mediakeep.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes on one PostgreSQL and one blob store behave as one server. */
class TwoNodesTest {
    @TempDir
    Path directory;

    private MediaNode a;
    private MediaNode b;

    @BeforeEach
    void start() throws IOException {
        DatabaseSettings database = PostgresServer.freshDatabase();
        NodeOptions options = new NodeOptions()
                .quotas(
                        new Rule("@bob:*", OptionalLong.empty(), List.of(files(4, Optional.of(Duration.ofHours(1))))),
                        new Rule("*", OptionalLong.empty(), List.of(files(7, Optional.empty()))))
                .maxPending(3);
        a = new MediaNode(database, directory, options);
        b = new MediaNode(database, directory, options);
    }

    @AfterEach
    void stop() throws IOException {
        a.close();
        b.close();
    }

    @Test
    void anUploadToOneNodeIsServedByTheOther() throws Exception {
        assertThat(b.read(a.upload(MediaNode.ALICE, "a cat"))).isEqualTo("a cat");
    }

    @Test
    void aRequestToOneNodeCompletesByAnUploadToTheOther() throws Exception {
        Mxc mxc = a.uploads.create(MediaNode.ALICE).mxc();
        Future<Content> reader = a.open(mxc, Duration.ofMinutes(1));
        b.complete(mxc, MediaNode.uploadOf(MediaNode.ALICE, "a cat"));
        assertThat(reader.get(20, TimeUnit.SECONDS).size()).isEqualTo(5);
    }

    @Test
    void onlyOneNodeAcceptsAnUploadToAUri() throws Exception {
        Mxc mxc = a.uploads.create(MediaNode.ALICE).mxc();
        a.pendingCatalog.lock(mxc, MediaNode.ALICE);
        assertThatThrownBy(() -> b.complete(mxc, MediaNode.uploadOf(MediaNode.ALICE, "a dog")))
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        exception -> assertThat(exception.code()).isEqualTo(ErrorCode.M_CANNOT_OVERWRITE_MEDIA));
    }

    @Test
    void quotasAndLimitsOfReservationsApplyToAllNodes() throws Exception {
        AtomicInteger turn = new AtomicInteger();
        List<Object> uploads = Concurrently.run(12, () -> next(turn).upload(MediaNode.ALICE, "cat " + turn.get()));
        assertThat(uploads).filteredOn(Mxc.class::isInstance).hasSize(7);
        List<Object> inAnHour = Concurrently.run(12, () -> next(turn).upload(MediaNode.BOB, "dog " + turn.get()));
        assertThat(inAnHour).filteredOn(Mxc.class::isInstance).hasSize(4);
        List<Object> created = Concurrently.run(8, () -> next(turn).uploads.create(MediaNode.BOB));
        assertThat(created).filteredOn(PendingMedia.class::isInstance).hasSize(3);
    }

    @Test
    void theSameContentOnBothNodesIsStoredOnce() throws Exception {
        AtomicInteger turn = new AtomicInteger();
        List<Object> uploads = Concurrently.run(6, () -> next(turn).upload(MediaNode.ALICE, "a cat"));
        assertThat(uploads).allMatch(Mxc.class::isInstance);
        assertThat(a.rows("BlobEntity")).isEqualTo(1);
    }

    @Test
    void aBlobFoundDamagedByOneNodeIsNotServedByTheOther() throws Exception {
        Mxc mxc = a.upload(MediaNode.ALICE, "a cat");
        Content content = b.open(mxc, Duration.ZERO).get();
        Files.writeString(content.file().orElseThrow(), "a hat");
        assertThat(a.blobs.damage().recordDamaged(content.blob(), content.size()))
                .isTrue();
        Eventually.holds(() -> assertThat(b.open(mxc, Duration.ZERO)).isCompletedExceptionally());
        b.upload(MediaNode.BOB, "a cat");
        assertThat(a.read(mxc)).isEqualTo("a cat");
    }

    private static UsageLimit files(long max, Optional<Duration> period) {
        return new UsageLimit(Unit.FILES, max, period);
    }

    private MediaNode next(AtomicInteger turn) {
        return turn.getAndIncrement() % 2 == 0 ? a : b;
    }
}
