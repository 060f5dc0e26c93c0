package io.mediakeep.smoke;

import io.mediakeep.testing.PostgresServer;
import io.mediakeep.testing.TestConfig;
import io.mediakeep.testing.process.RunningServer;
import io.mediakeep.testing.process.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;

/** The WAR by itself, with everything in PostgreSQL. */
class EmbeddedOnPostgresIT extends SmokeContract {
    @Override
    TestConfig config(Path dataDir) throws IOException {
        return super.config(dataDir).on(PostgresServer.emptyDatabase()).with("blobs: {kind: database}");
    }

    @Override
    RunningServer start(Path configured) throws IOException {
        return ServerProcess.ofWar(configured);
    }
}
