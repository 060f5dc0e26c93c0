package io.mediakeep.app;

import io.mediakeep.config.Config;
import io.mediakeep.config.ConfigReader;
import io.mediakeep.testing.RunningServer;
import io.mediakeep.testing.TestConfig;
import jakarta.ws.rs.core.Application;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.glassfish.jersey.test.JerseyTest;
import org.glassfish.jersey.test.TestProperties;
import org.glassfish.jersey.test.grizzly.GrizzlyTestContainerFactory;

/** The real application, put together as it always is over a real database and real files, on Jersey's test container. */
public final class Served implements RunningServer {
    private final Assembly assembly;
    private final OnGrizzly jersey;

    private Served(Assembly assembly) throws Exception {
        this.assembly = assembly;
        this.jersey = new OnGrizzly(assembly.served());
        jersey.setUp();
    }

    /** Serves what is kept in a folder, with the usual configuration of tests and these keys. */
    public static Served from(Path folder, Map<String, String> configured) throws Exception {
        Map<String, String> environment = configured.entrySet().stream()
                .collect(Collectors.toMap(entry -> variable(entry.getKey()), Map.Entry::getValue));
        Path file = new TestConfig(folder.resolve("data")).writeTo(folder);
        Config config = ConfigReader.read(Optional.of(file), environment, Optional.empty(), folder);
        return new Served(Assembly.of(config));
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
        return URI.create(jersey.getBaseUri().toString().replaceFirst("/$", ""));
    }

    @Override
    public void close() throws IOException {
        try {
            jersey.tearDown();
        } catch (Exception failure) {
            throw new IOException(failure);
        } finally {
            assembly.close();
        }
    }

    /** Jersey's test container, on a port that is free. */
    private static final class OnGrizzly extends JerseyTest {
        OnGrizzly(Application application) {
            super(application);
            forceSet(TestProperties.CONTAINER_PORT, "0");
        }

        @Override
        protected GrizzlyTestContainerFactory getTestContainerFactory() {
            return new GrizzlyTestContainerFactory();
        }

        @Override
        protected URI getBaseUri() {
            return super.getBaseUri();
        }
    }
}
