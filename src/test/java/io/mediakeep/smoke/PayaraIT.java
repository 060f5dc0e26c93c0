package io.mediakeep.smoke;

import io.mediakeep.testing.process.RunningServer;
import io.mediakeep.testing.process.ServerProcess;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The WAR deployed to Payara Micro 6, which brings Jersey and JSON-P of its own. */
class PayaraIT extends SmokeContract {
    private static final Pattern READY = Pattern.compile("Payara Micro .* ready in");

    @Override
    RunningServer start(Path configured) throws IOException {
        int port = freePort();
        Path commands = Files.writeString(
                configured.resolve("before-boot"),
                "set configs.config.server-config.network-config.network-listeners.network-listener.http-listener"
                        + ".address=127.0.0.1\n");
        return ServerProcess.start(
                List.of(
                        ServerProcess.java(),
                        ServerProcess.QUICK_START,
                        "-DMEDIAKEEP_CONFIG=" + configured.resolve("mediakeep.yaml"),
                        "-jar",
                        Path.of("target/payara-micro.jar").toAbsolutePath().toString(),
                        "--nohazelcast",
                        "--prebootcommandfile",
                        commands.toString(),
                        "--port",
                        String.valueOf(port),
                        "--contextroot",
                        "/",
                        "--deploy",
                        Path.of("target/mediakeep.war").toAbsolutePath().toString()),
                configured,
                READY,
                URI.create("http://127.0.0.1:" + port));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
