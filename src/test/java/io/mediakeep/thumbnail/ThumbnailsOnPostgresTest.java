package io.mediakeep.thumbnail;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.matrix.Mxc;
import io.mediakeep.media.NodeOptions;
import io.mediakeep.media.content.Content;
import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.testing.Eventually;
import io.mediakeep.testing.PostgresServer;
import io.mediakeep.testing.TestImages;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThumbnailsOnPostgresTest implements ThumbnailsContract {
    private final DatabaseSettings database = PostgresServer.freshDatabase();

    @TempDir
    Path directory;

    @Override
    public ThumbnailNode node(boolean frozen) throws IOException {
        return new ThumbnailNode(database, directory.resolve("blobs"), new NodeOptions().frozen(frozen));
    }

    @Test
    void aThumbnailOfOneNodeIsServedByTheOther() throws Exception {
        try (ThumbnailNode a = node(false);
                ThumbnailNode b = node(false)) {
            Mxc mxc = a.upload(TestImages.png(400, 300, 1));
            b.open(mxc, AVATAR).get(); // fills its cache
            Content rendered = a.open(mxc, WIDE).get();
            assertThat(b.open(mxc, WIDE).get().sha256()).isEqualTo(rendered.sha256());
            assertThat(b.files.opened(rendered.blob().id())).isEqualTo(1); // to verify its integrity
        }
    }

    @Test
    void aThumbnailRemovedByOneNodeIsNotServedByTheOther() throws Exception {
        try (ThumbnailNode a = node(false);
                ThumbnailNode b = node(false)) {
            Mxc mxc = a.upload(TestImages.png(1200, 900, 1));
            Content gone = b.open(mxc, SMALL).get();
            a.clock.advance(Duration.ofMinutes(1));
            for (ThumbnailSpec spec : new ThumbnailSpec[] {AVATAR, WIDE, WIDER}) {
                a.open(mxc, spec).get();
            }
            a.cleanup.remove();
            Eventually.holds(() -> assertThat(TestImages.size(
                            ThumbnailNode.read(b.open(mxc, SMALL).get())))
                    .isEqualTo("32x32"));
            assertThat(b.thumbnailCatalog.of(mxc)).containsKey(SMALL);
            assertThat(gone.size()).isPositive();
        }
    }
}
