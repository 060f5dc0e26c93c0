package io.mediakeep.media;

import io.mediakeep.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class QuarantineOnPostgresTest implements QuarantineContract {
    @TempDir
    Path directory;

    @Override
    public MediaNode node(NodeOptions options) throws IOException {
        return new MediaNode(PostgresServer.freshDatabase(), directory.resolve("blobs"), options);
    }
}
