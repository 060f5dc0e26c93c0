package io.mediakeep.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.admin.Quarantine;
import io.mediakeep.blob.BlobId;
import io.mediakeep.matrix.ErrorCode;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.Sha256;
import io.mediakeep.media.content.Content;
import io.mediakeep.media.quarantine.QuarantineChange;
import io.mediakeep.media.quarantine.QuarantineChangeCatalog;
import io.mediakeep.testing.Concurrently;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Quarantined and blocked content on every database. */
interface QuarantineContract {
    MediaNode node(NodeOptions options) throws IOException;

    private static void isGone(MediaNode node, Mxc mxc) {
        assertThatThrownBy(() -> node.read(mxc))
                .cause()
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.M_NOT_FOUND));
    }

    @Test
    default void allMediaWithTheContentIsQuarantinedExceptWhatIsProtected() throws Exception {
        try (MediaNode node = node(new NodeOptions())) {
            Mxc first = node.upload(MediaNode.ALICE, "a cat"), second = node.upload(MediaNode.BOB, "a cat");
            Mxc safe = node.upload(MediaNode.BOB, "a cat"), other = node.upload(MediaNode.BOB, "a dog");
            node.read(second);
            Quarantine quarantine = Quarantines.of(node);
            assertThat(quarantine.protect(safe, true)).isTrue();
            assertThat(quarantine.quarantine(first, Quarantines.ADMIN)).isEqualTo(2);
            isGone(node, first);
            isGone(node, second);
            assertThat(node.read(safe)).isEqualTo("a cat");
            assertThat(node.read(other)).isEqualTo("a dog");
            assertThat(quarantine.quarantine(first, Quarantines.ADMIN)).isZero();
        }
    }

    @Test
    default void contentThatIsReceivedLaterIsStoredQuarantinedAndReleasedWithTheRest() throws Exception {
        try (MediaNode node = node(new NodeOptions())) {
            Mxc first = node.upload(MediaNode.ALICE, "a cat");
            Quarantine quarantine = Quarantines.of(node);
            quarantine.quarantine(first, Quarantines.ADMIN);
            Mxc later = node.upload(MediaNode.BOB, "a cat");
            isGone(node, later);
            assertThat(node.usage.of(MediaNode.BOB).files()).isEqualTo(1);
            assertThat(quarantine.unquarantine(first)).isEqualTo(2);
            assertThat(node.read(later)).isEqualTo("a cat");
            assertThat(node.read(node.upload(MediaNode.BOB, "a cat"))).isEqualTo("a cat");
        }
    }

    @Test
    default void theHashStaysQuarantinedWhenTheMediaIsDeleted() throws Exception {
        try (MediaNode node = node(new NodeOptions())) {
            Mxc first = node.upload(MediaNode.ALICE, "a cat");
            Quarantines.of(node).quarantine(first, Quarantines.ADMIN);
            node.delete(first);
            node.cleanup.remove();
            assertThat(node.rows("BlobEntity")).isZero();
            isGone(node, node.upload(MediaNode.ALICE, "a cat"));
        }
    }

    @Test
    default void protectedMediaDoesNotQuarantineItsContent() throws Exception {
        try (MediaNode node = node(new NodeOptions())) {
            Mxc safe = node.upload(MediaNode.ALICE, "a cat"), other = node.upload(MediaNode.BOB, "a cat");
            Quarantine quarantine = Quarantines.of(node);
            quarantine.protect(safe, true);
            assertThat(quarantine.quarantine(safe, Quarantines.ADMIN)).isZero();
            assertThat(quarantine.quarantineUser(MediaNode.ALICE, Quarantines.ADMIN))
                    .isZero();
            assertThat(node.read(other)).isEqualTo("a cat");
        }
    }

    @Test
    default void noUploadThatRunsAtTheSameTimeEscapes() throws Exception {
        try (MediaNode node = node(new NodeOptions())) {
            Quarantine quarantine = Quarantines.of(node);
            for (int round = 0; round < Integer.getInteger("mediakeep.quarantine.rounds", 5); round++) {
                String content = "cat " + round;
                Mxc first = node.upload(MediaNode.ALICE, content);
                AtomicInteger turn = new AtomicInteger();
                List<Object> outcomes = Concurrently.run(
                        5,
                        () -> turn.getAndIncrement() == 0
                                ? quarantine.quarantine(first, Quarantines.ADMIN)
                                : node.upload(MediaNode.BOB, content));
                assertThat(outcomes).noneMatch(Throwable.class::isInstance);
                outcomes.stream().filter(Mxc.class::isInstance).forEach(mxc -> isGone(node, (Mxc) mxc));
            }
        }
    }

    @Test
    default void allThatAUserHasUploadedIsQuarantinedInBatches() throws Exception {
        try (MediaNode node = node(new NodeOptions())) {
            Mxc first = node.upload(MediaNode.ALICE, "a cat"), others = node.upload(MediaNode.BOB, "a hat");
            Media cat = node.catalog.findIntact(first).orElseThrow();
            node.transactions.run(entities -> LongStream.range(0, 220)
                    .mapToObj(i -> new Media(
                            new Mxc(MediaNode.LOCAL, "cat" + i),
                            cat.uploader(),
                            cat.contentType(),
                            cat.fileName(),
                            cat.size(),
                            cat.blob(),
                            cat.createdAt(),
                            false,
                            false))
                    .forEach(media -> entities.persist(new MediaEntity(media))));
            assertThat(Quarantines.of(node).quarantineUser(MediaNode.ALICE, Quarantines.ADMIN))
                    .isEqualTo(221);
            isGone(node, first);
            assertThat(node.read(others)).isEqualTo("a hat");
            QuarantineChangeCatalog changes = new QuarantineChangeCatalog(node.transactions);
            assertThat(changes.last()).isEqualTo(222);
            assertThat(changes.after(1, 1000))
                    .extracting(QuarantineChange::number)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(2, 222).boxed().toList());
        }
    }

    @Test
    default void aReaderOfChangesMissesNone() throws Exception {
        try (MediaNode node = node(new NodeOptions())) {
            Quarantine quarantine = Quarantines.of(node);
            QuarantineChangeCatalog changes = new QuarantineChangeCatalog(node.transactions);
            List<Mxc> media = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                media.add(node.upload(MediaNode.ALICE, "cat " + i));
            }
            AtomicInteger next = new AtomicInteger();
            CompletableFuture<List<Object>> writers = CompletableFuture.supplyAsync(() -> concurrently(4, () -> {
                for (int i = next.getAndIncrement(); i < media.size(); i = next.getAndIncrement()) {
                    quarantine.quarantine(media.get(i), Quarantines.ADMIN);
                }
                return true;
            }));
            List<QuarantineChange> read = new ArrayList<>();
            while (!writers.isDone() || read.size() < changes.last() - 1) {
                read.addAll(changes.after(
                        read.isEmpty() ? 1 : read.get(read.size() - 1).number(), 3));
            }
            assertThat(writers.join()).containsOnly(true);
            assertThat(read).extracting(QuarantineChange::mxc).containsExactlyInAnyOrderElementsOf(media);
        }
    }

    private static List<Object> concurrently(int threads, Callable<?> call) {
        try {
            return Concurrently.run(threads, call);
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    default void aRequestThatWaitsForAnUploadDoesNotGetQuarantinedContent() throws Exception {
        try (MediaNode node = node(new NodeOptions())) {
            Quarantines.of(node).quarantine(node.upload(MediaNode.ALICE, "a cat"), Quarantines.ADMIN);
            Mxc reserved = node.uploads.create(MediaNode.BOB).mxc();
            CompletableFuture<Content> waiting = node.open(reserved, Duration.ofMinutes(1));
            node.complete(reserved, MediaNode.uploadOf(MediaNode.BOB, "a cat"));
            assertThatThrownBy(waiting::join).hasCauseInstanceOf(MatrixException.class);
            isGone(node, reserved);
        }
    }

    @Test
    default void blockedContentIsNotStored() throws Exception {
        try (MediaNode node = node(new NodeOptions())) {
            BlobId cat = new BlobId(Sha256.hex("a cat"));
            Quarantines.hashes(node).block(List.of(Map.entry(cat, Optional.of("no cats"))), Quarantines.ADMIN);
            assertThatThrownBy(() -> node.upload(MediaNode.ALICE, "a cat"))
                    .isInstanceOfSatisfying(
                            MatrixException.class,
                            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.M_FORBIDDEN));
            assertThat(node.rows("BlobEntity") + node.rows("MediaEntity")).isZero();
            assertThat(Quarantines.hashes(node).unblock(cat)).isTrue();
            assertThat(node.read(node.upload(MediaNode.ALICE, "a cat"))).isEqualTo("a cat");
        }
    }
}
