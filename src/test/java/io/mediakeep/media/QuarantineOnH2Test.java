package io.mediakeep.media;

import io.mediakeep.persistence.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;

class QuarantineOnH2Test implements QuarantineContract {
    @TempDir
    Path directory;

    @Override
    public MediaNode node(NodeOptions options) throws IOException {
        return new MediaNode(
                new DatabaseSettings(
                        "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1",
                        Optional.empty(),
                        Optional.empty(),
                        5),
                directory.resolve("blobs"),
                options);
    }
}
