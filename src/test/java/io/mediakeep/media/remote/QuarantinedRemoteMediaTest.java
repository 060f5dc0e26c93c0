package io.mediakeep.media.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.admin.Quarantine;
import io.mediakeep.matrix.ErrorCode;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.media.MediaNode;
import io.mediakeep.media.NodeOptions;
import io.mediakeep.media.Quarantines;
import io.mediakeep.testing.Eventually;
import io.mediakeep.testing.H2Database;
import io.mediakeep.testing.server.FederationFixture;
import io.mediakeep.testing.server.RemoteHomeserver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Media of other servers that is quarantined by its URI, before it is stored, or after it was deleted. */
class QuarantinedRemoteMediaTest extends FederationFixture {
    @TempDir
    Path directory;

    private MediaNode node;
    private Quarantine quarantine;
    private Mxc cat;

    @BeforeEach
    void begin() throws IOException {
        cat = Mxc.parse(origin.mxc("cat"));
        node = new MediaNode(
                H2Database.inMemory(),
                directory.resolve("blobs"),
                new NodeOptions().remote(federation.unsignedMedia(MediaNode.LOCAL, 1000)));
        quarantine = Quarantines.of(node);
        origin.respond(path(), exchange -> RemoteHomeserver.send(exchange, 200, "meow"));
    }

    @AfterEach
    void end() throws IOException {
        node.close();
    }

    private String path() {
        return "/_matrix/media/v3/download/" + origin.name() + "/cat";
    }

    private void assertNotFound() {
        assertThatThrownBy(() -> node.open(cat, Duration.ofSeconds(20)).join())
                .satisfies(failure -> assertThat(
                                MatrixException.in(failure).orElseThrow().code())
                        .isEqualTo(ErrorCode.M_NOT_FOUND));
    }

    @Test
    void whatIsNotStoredIsNotFetchedUntilItIsReleased() throws Exception {
        assertThat(quarantine.quarantine(cat, Quarantines.ADMIN)).isZero();
        assertNotFound();
        assertThat(origin.requests()).isEmpty();
        quarantine.unquarantine(cat);
        assertThat(node.read(cat)).isEqualTo("meow");
    }

    @Test
    void whatIsBeingFetchedIsNeitherServedNorStored() throws Exception {
        CountDownLatch requested = new CountDownLatch(1), quarantined = new CountDownLatch(1);
        origin.respond(path(), exchange -> {
            requested.countDown();
            awaitUninterrupted(quarantined);
            RemoteHomeserver.send(exchange, 200, "meow");
        });
        CompletableFuture<Void> reader = CompletableFuture.runAsync(this::assertNotFound);
        assertThat(requested.await(1, TimeUnit.MINUTES)).isTrue();
        quarantine.quarantine(cat, Quarantines.ADMIN);
        quarantined.countDown();
        reader.get(1, TimeUnit.MINUTES);
        Eventually.holds(() -> assertThat(node.remote.running()).isZero());
        assertThat(node.rows("MediaEntity")).isZero();
        assertNotFound();
    }

    private static void awaitUninterrupted(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
            throw new IOException(closed);
        }
    }

    @Test
    void itIsNotFetchedAgainWhenItIsDeleted() throws Exception {
        node.read(cat);
        Mxc sameContent = node.upload(MediaNode.ALICE, "meow");
        assertThat(quarantine.quarantine(sameContent, Quarantines.ADMIN)).isEqualTo(2);
        node.delete(cat);
        assertNotFound();
        assertThat(origin.requests()).hasSize(1);
    }

    @Test
    void whatIsReleasedWithOtherMediaOfItsContentIsServed() throws Exception {
        Mxc sameContent = node.upload(MediaNode.ALICE, "meow");
        node.read(cat);
        quarantine.quarantine(cat, Quarantines.ADMIN);
        assertNotFound();
        assertThat(quarantine.unquarantine(sameContent)).isEqualTo(2);
        node.delete(cat);
        assertThat(node.read(cat)).isEqualTo("meow");
    }
}
