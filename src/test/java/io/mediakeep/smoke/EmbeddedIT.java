package io.mediakeep.smoke;

import io.mediakeep.testing.process.RunningServer;
import io.mediakeep.testing.process.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;

/** The WAR by itself, with the embedded default: H2, and blobs on disk. */
class EmbeddedIT extends SmokeContract {
    @Override
    RunningServer start(Path configured) throws IOException {
        return ServerProcess.ofWar(configured);
    }
}
