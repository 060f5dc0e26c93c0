package io.mediakeep.app;

import io.mediakeep.config.Config;
import io.mediakeep.config.ConfigReader;
import io.mediakeep.testing.TestConfig;
import io.mediakeep.testing.process.RunningServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The embedded server in the JVM of the tests. */
public final class ServerInProcess implements RunningServer {
    private final Closer closer = new Closer();
    private final EmbeddedServer server;

    /**
     * Starts it in a folder of its own.
     *
     * @param variables what the environment sets beside the usual configuration
     */
    public ServerInProcess(Path folder, Map<String, String> variables) throws IOException {
        this(folder, new TestConfig(folder.resolve("data")).writeTo(folder), variables);
    }

    /** Starts it in a directory with its mediakeep.yaml. */
    public ServerInProcess(Path folder) throws IOException {
        this(folder, folder.resolve("mediakeep.yaml"), Map.of());
    }

    private ServerInProcess(Path folder, Path file, Map<String, String> variables) throws IOException {
        Config config = ConfigReader.read(Optional.of(file), variables, Optional.empty(), folder);
        Assembly assembly = closer.register(Assembly.of(config));
        server = closer.register(new EmbeddedServer(config, assembly.served(), assembly));
        server.start();
    }

    @Override
    public URI url() {
        return server.url();
    }

    /** How many requests it is answering. */
    public int running() {
        return server.running();
    }

    @Override
    public void close() {
        closer.close();
    }
}
