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

/** The real application, assembled as always over a real database and real files, on the embedded server. */
public final class Served implements RunningServer {
    private final Assembly assembly;
    private final EmbeddedServer server;

    private Served(Config config) throws IOException {
        this.assembly = Assembly.of(config);
        this.server = new EmbeddedServer(config, assembly.served(), assembly);
        server.start();
    }

    /** Serves the data in a directory, with the usual configuration of tests and these keys. */
    public static Served from(Path folder, Map<String, String> configured) throws Exception {
        return from(folder, folder, configured);
    }

    /** As {@link #from(Path, Map)}, with all paths in the file system of another one. */
    public static Served from(Path folder, Path workingDirectory, Map<String, String> configured) throws Exception {
        Map<String, String> environment = configured.entrySet().stream()
                .collect(Collectors.toMap(entry -> variable(entry.getKey()), Map.Entry::getValue));
        Path file = new TestConfig(folder.resolve("data")).writeTo(folder);
        return new Served(ConfigReader.read(Optional.of(file), environment, Optional.empty(), workingDirectory));
    }

    private static String variable(String key) {
        return "MEDIAKEEP_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** The classes of the resources and of all else that is registered. */
    public Set<Class<?>> classes() {
        return assembly.served().getClasses();
    }

    /** Takes the ground from under it: it still answers, but has no database any more. */
    public void breakDown() {
        assembly.close();
    }

    @Override
    public URI url() {
        return server.url();
    }

    @Override
    public void close() {
        server.close();
        assembly.close();
    }
}
