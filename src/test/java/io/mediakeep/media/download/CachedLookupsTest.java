package io.mediakeep.media.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.matrix.Mxc;
import io.mediakeep.media.MediaNode;
import io.mediakeep.media.NodeOptions;
import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.storage.StorageFailure;
import io.mediakeep.testing.Eventually;
import io.mediakeep.testing.disk.InterceptedFilePath;
import io.mediakeep.testing.fault.FaultyDisk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Media whose lookup is cached is served without the database, but not for longer than a quarantine may go unnoticed.
 */
class CachedLookupsTest {
    @Test
    void cachedLookupsAreServedWithoutADatabaseForALimitedTime(@TempDir Path rows, @TempDir Path blobs)
            throws Exception {
        DatabaseSettings settings = new DatabaseSettings(
                "jdbc:h2:" + InterceptedFilePath.SCHEME + ":" + rows.toRealPath() + "/mediakeep",
                Optional.empty(),
                Optional.empty(),
                4);
        try (FaultyDisk disk = new FaultyDisk(rows, FaultyDisk.Fault.NO_SPACE);
                MediaNode node = new MediaNode(settings, blobs, new NodeOptions())) {
            Mxc cat = node.upload(MediaNode.ALICE, "a cat");
            assertThat(node.read(cat)).isEqualTo("a cat");
            disk.failAfter(0);
            assertThatThrownBy(() -> node.upload(MediaNode.ALICE, "a dog"))
                    .satisfies(failure -> assertThat(StorageFailure.of(failure)).isPresent());
            node.clock.advance(Duration.ofMinutes(3));
            assertThat(node.read(cat)).isEqualTo("a cat");
            node.clock.advance(Duration.ofMinutes(3));
            assertThatThrownBy(() -> node.read(cat))
                    .satisfies(failure ->
                            assertThat(StorageFailure.of(failure)).contains(StorageFailure.DATABASE_UNAVAILABLE));
            disk.repair();
            Eventually.holds(() -> assertThat(node.database.state().available()).isTrue());
            assertThat(node.read(cat)).isEqualTo("a cat");
        }
    }
}
