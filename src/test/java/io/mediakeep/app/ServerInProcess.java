package io.mediakeep.app;

import io.mediakeep.config.Config;
import io.mediakeep.config.ConfigReader;
import io.mediakeep.testing.TestConfig;
import io.mediakeep.testing.process.RunningServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The embedded server in the JVM of the tests. */
public final class ServerInProcess implements RunningServer {
    private final Closer closer = new Closer();
    private final Assembly assembly;
    private final EmbeddedServer server;

    /**
     * Starts it in a directory, with a new {@link TestConfig}.
     *
     * @param settings configuration keys and values in addition
     */
    public ServerInProcess(Path directory, Map<String, String> settings) throws IOException {
        this(directory, directory, settings);
    }

    /**
     * Starts it in a directory whose paths may be in a file system of their own.
     *
     * @param workingDirectory the same directory, against which paths of the configuration are resolved
     */
    public ServerInProcess(Path directory, Path workingDirectory, Map<String, String> settings) throws IOException {
        this(ConfigReader.read(
                Optional.of(new TestConfig(directory.resolve("data")).writeTo(directory)),
                variables(settings),
                Optional.empty(),
                workingDirectory));
    }

    /** Starts it in a directory with its mediakeep.yaml. */
    public ServerInProcess(Path directory) throws IOException {
        this(ConfigReader.read(
                Optional.of(directory.resolve("mediakeep.yaml")), Map.of(), Optional.empty(), directory));
    }

    private ServerInProcess(Config config) throws IOException {
        assembly = closer.register(Assembly.of(config));
        server = closer.register(new EmbeddedServer(config, assembly.served(), assembly));
        assembly.measure(server);
        server.start();
    }

    private static Map<String, String> variables(Map<String, String> settings) {
        return settings.entrySet().stream()
                .collect(Collectors.toMap(entry -> variable(entry.getKey()), Map.Entry::getValue));
    }

    private static String variable(String key) {
        return "MEDIAKEEP_" + key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    /** The registered resources, filters and other components. */
    public Set<Class<?>> classes() {
        return assembly.served().getClasses();
    }

    /** The number of requests in progress. */
    int running() {
        return server.running();
    }

    /** Closes the database and everything else but the HTTP server. */
    public void closeAssembly() {
        assembly.close();
    }

    @Override
    public URI url() {
        return server.url();
    }

    @Override
    public void close() {
        closer.close();
    }
}
