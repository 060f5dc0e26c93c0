package io.mediakeep.thumbnail;

import io.mediakeep.media.NodeOptions;
import io.mediakeep.persistence.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

class ThumbnailsOnH2Test implements ThumbnailsContract {
    @TempDir
    Path directory;

    @Override
    public ThumbnailNode node(boolean frozen) throws IOException {
        String url = "jdbc:h2:file:" + directory.resolve("mediakeep").toAbsolutePath();
        return new ThumbnailNode(
                new DatabaseSettings(url, Optional.empty(), Optional.empty(), 10),
                directory.resolve("blobs"),
                new NodeOptions().frozen(frozen));
    }
}
