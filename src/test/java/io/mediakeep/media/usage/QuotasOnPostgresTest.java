package io.mediakeep.media.usage;

import io.mediakeep.media.MediaNode;
import io.mediakeep.media.NodeOptions;
import io.mediakeep.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class QuotasOnPostgresTest implements QuotasContract {
    @TempDir
    Path directory;

    @Override
    public MediaNode node(NodeOptions options) throws IOException {
        return new MediaNode(PostgresServer.freshDatabase(), directory.resolve("blobs"), options);
    }
}
