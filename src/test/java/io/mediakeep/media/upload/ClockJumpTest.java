package io.mediakeep.media.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.media.MediaNode;
import io.mediakeep.media.NodeOptions;
import io.mediakeep.testing.H2Database;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clock jumps, as when it is corrected: nothing is lost but reservations that expire by the jump. */
class ClockJumpTest {
    private static final Duration TTL = Duration.ofHours(24);
    private static final List<Duration> JUMPS = List.of(
            Duration.ofHours(1),
            Duration.ofHours(-1),
            Duration.ofDays(2),
            Duration.ofDays(-2),
            Duration.ofDays(3650),
            Duration.ofDays(-3650),
            Duration.ofDays(-3650));

    private final Map<Mxc, String> uploaded = new HashMap<>();
    private MediaNode node;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        node = new MediaNode(H2Database.in(directory), directory.resolve("blobs"), new NodeOptions().maxPending(1));
    }

    @AfterEach
    void stop() throws IOException {
        node.close();
    }

    @Test
    void nothingIsLostButReservationsThatExpire() throws Exception {
        for (Duration jump : JUMPS) {
            upload("before " + jump);
            Mxc reserved = node.uploads.create(MediaNode.ALICE).mxc();
            node.clock.advance(jump);
            runMaintenance();
            assertThat(complete(reserved, "reserved before " + jump)).isEqualTo(jump.compareTo(TTL) < 0);
            complete(node.uploads.create(MediaNode.ALICE).mxc(), "reserved after " + jump);
            upload("after " + jump);
            runMaintenance();
            assertServesAll();
        }
    }

    @Test
    void reservationsFromBeforeTheClockWasSetBackDoNotCountAsOpen() throws Exception {
        Mxc before = node.uploads.create(MediaNode.ALICE).mxc();
        node.clock.advance(Duration.ofDays(-3650));
        Mxc after = node.uploads.create(MediaNode.ALICE).mxc();
        assertThat(complete(before, "before")).isTrue();
        assertThat(complete(after, "after")).isTrue();
        assertServesAll();
    }

    private void upload(String text) throws Exception {
        uploaded.put(node.upload(MediaNode.ALICE, text), text);
    }

    /** Returns whether the URI was still reserved. */
    private boolean complete(Mxc mxc, String text) throws Exception {
        try {
            node.complete(mxc, MediaNode.uploadOf(MediaNode.ALICE, text));
            uploaded.put(mxc, text);
            return true;
        } catch (MatrixException expired) {
            assertThat(expired.status()).isEqualTo(404);
            return false;
        }
    }

    private void runMaintenance() throws IOException {
        node.reservations.renew();
        node.accesses.write();
        node.catalog.removeExpired(node.clock.instant(), 100);
        node.cleanup.remove();
    }

    private void assertServesAll() throws Exception {
        for (Map.Entry<Mxc, String> upload : uploaded.entrySet()) {
            assertThat(node.read(upload.getKey())).isEqualTo(upload.getValue());
        }
    }
}
