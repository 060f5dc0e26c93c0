package io.mediakeep.media;

import io.mediakeep.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class UploadsOnPostgresTest implements UploadsContract {
    @TempDir
    Path folder;

    @Override
    public Node node(Node.Options options) throws IOException {
        return new Node(PostgresServer.freshDatabase(), folder.resolve("blobs"), options);
    }
}
