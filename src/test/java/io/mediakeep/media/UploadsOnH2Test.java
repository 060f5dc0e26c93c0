package io.mediakeep.media;

import io.mediakeep.testing.H2Database;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class UploadsOnH2Test implements UploadsContract {
    @TempDir
    Path directory;

    @Override
    public MediaNode node(NodeOptions options) throws IOException {
        return new MediaNode(H2Database.in(directory), directory.resolve("blobs"), options);
    }
}
