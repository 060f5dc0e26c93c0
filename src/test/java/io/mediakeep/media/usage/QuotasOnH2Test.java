package io.mediakeep.media.usage;

import io.mediakeep.media.MediaNode;
import io.mediakeep.media.NodeOptions;
import io.mediakeep.persistence.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

class QuotasOnH2Test implements QuotasContract {
    @TempDir
    Path directory;

    @Override
    public MediaNode node(NodeOptions options) throws IOException {
        String url = "jdbc:h2:file:" + directory.resolve("mediakeep").toAbsolutePath();
        return new MediaNode(
                new DatabaseSettings(url, Optional.empty(), Optional.empty(), 10), directory.resolve("blobs"), options);
    }
}
