package io.mediakeep.app.federation;

import io.mediakeep.app.ServerInProcess;
import io.mediakeep.testing.process.RunningServer;
import java.io.IOException;
import java.nio.file.Path;

/** The servers run in the JVM of the tests. */
class FederatingServersTest extends FederationContract {
    @Override
    public RunningServer start(Path configured) throws IOException {
        return new ServerInProcess(configured);
    }
}
