package io.mediakeep.thumbnail;

import io.mediakeep.media.NodeOptions;
import io.mediakeep.testing.H2Database;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class ThumbnailsOnH2Test implements ThumbnailsContract {
    @TempDir
    Path directory;

    @Override
    public ThumbnailNode node(boolean frozen) throws IOException {
        return new ThumbnailNode(
                H2Database.in(directory), directory.resolve("blobs"), new NodeOptions().frozen(frozen));
    }
}
