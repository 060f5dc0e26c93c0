package io.mediakeep.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.admin.Quarantine;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.testing.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one node has quarantined, no node serves from its cache when that is answered. */
class QuarantineOnTwoNodesTest {
    private static final int ROUNDS = Integer.getInteger("mediakeep.quarantine.rounds", 10);

    @TempDir
    Path directory;

    @Test
    void quarantinedOnOneItIsGoneOnTheOtherWhenThatReturns() throws Exception {
        DatabaseSettings database = PostgresServer.freshDatabase();
        try (MediaNode a = new MediaNode(database, directory, new NodeOptions());
                MediaNode b = new MediaNode(database, directory, new NodeOptions())) {
            Quarantine quarantine = Quarantines.of(a);
            for (int round = 0; round < ROUNDS; round++) {
                Mxc mxc = a.upload(MediaNode.ALICE, "cat " + round);
                b.read(mxc);
                assertThat(quarantine.quarantine(mxc, Quarantines.ADMIN)).isOne();
                assertThat(b.open(mxc, Duration.ZERO)).isCompletedExceptionally();
                quarantine.unquarantine(mxc);
                assertThat(b.read(mxc)).isEqualTo("cat " + round);
            }
        }
    }

    @Test
    void allNodesConfirmAnnouncements() throws Exception {
        DatabaseSettings database = PostgresServer.freshDatabase();
        try (MediaNode a = new MediaNode(database, directory, new NodeOptions());
                MediaNode b = new MediaNode(database, directory, new NodeOptions())) {
            assertThat(a.database.announcements().awaitHandled()).isTrue();
            assertThat(b.database.announcements().awaitHandled()).isTrue();
        }
    }
}
