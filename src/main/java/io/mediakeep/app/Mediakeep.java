package io.mediakeep.app;

import io.mediakeep.app.log.StartupFailure;
import io.mediakeep.config.Config;
import io.mediakeep.config.ConfigException;
import io.mediakeep.config.ConfigReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** The main class of the embedded server. */
public final class Mediakeep {
    private static final Logger log = LoggerFactory.getLogger(Mediakeep.class);
    private static final int FAILED = 1;
    private static final int INVALID_USAGE = 2;
    private static final String USAGE = "usage: java -jar mediakeep.war [--config FILE]";

    private final Closer closer = new Closer();
    private final CountDownLatch stopped = new CountDownLatch(1);

    private Mediakeep() {}

    /**
     * Runs until it is stopped. Exit code 1: it cannot run in this environment; 2: invalid arguments or configuration.
     */
    public static void main(String[] args) {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        try {
            Config config = ConfigReader.read(
                    configFile(List.of(args)),
                    System.getenv(),
                    Optional.ofNullable(System.getProperty("MEDIAKEEP_CONFIG")),
                    Path.of("").toAbsolutePath());
            new Mediakeep().run(config);
        } catch (ConfigException | IllegalArgumentException invalid) {
            exit(INVALID_USAGE, String.valueOf(invalid.getMessage()));
        } catch (IOException | RuntimeException failure) {
            exit(FAILED, "Cannot start: " + StartupFailure.describe(failure));
        }
    }

    private static Optional<Path> configFile(List<String> args) {
        if (args.isEmpty()) {
            return Optional.empty();
        }
        if (args.size() == 2 && args.get(0).equals("--config")) {
            return Optional.of(Path.of(args.get(1)));
        }
        throw new IllegalArgumentException(USAGE);
    }

    private void run(Config config) throws IOException {
        try {
            Assembly assembly = closer.register(Assembly.of(config));
            EmbeddedServer server = closer.register(new EmbeddedServer(config, assembly.served(), assembly));
            server.start();
            Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "shutdown"));
            log.info("{}", assembly.summary());
            log.info("Listening on {}", server.url());
            stopped.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            closer.close();
        }
    }

    private void stop() {
        closer.close();
        log.info("Stopped");
        stopped.countDown();
        Runtime.getRuntime().halt(0); // SIGTERM is a regular stop
    }

    @SuppressWarnings("SystemOut") // before logging is configured
    private static void exit(int code, String message) {
        System.err.println(message);
        System.exit(code);
    }
}
