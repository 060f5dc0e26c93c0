package io.mediakeep.safety;

import io.mediakeep.testing.process.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Slow readers on Tomcat, which uses three times as much memory for each request. */
class SlowReadersOnTomcatIT extends SlowReadersContract {
    /** The exit code of the JVM for the signal, which Tomcat does not handle. */
    private static final int SIGTERM = 128 + 15;

    @Override
    List<String> jvmOptions() {
        return List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");
    }

    @Override
    int exitCode() {
        return SIGTERM;
    }

    @Override
    ServerProcess launch(Path configured) throws IOException {
        return ServerProcess.ofTomcat(configured, jvmOptions().toArray(String[]::new));
    }
}
