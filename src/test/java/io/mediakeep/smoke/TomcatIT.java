package io.mediakeep.smoke;

import io.mediakeep.testing.process.RunningServer;
import io.mediakeep.testing.process.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;

/** The WAR deployed to Tomcat 10.1. */
class TomcatIT extends SmokeContract {
    @Override
    RunningServer start(Path configured) throws IOException {
        return ServerProcess.ofTomcat(configured);
    }
}
