package io.mediakeep.app;

import io.mediakeep.config.Config;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The embedded server, from its start until it is stopped. */
public final class Mediakeep {
    private static final Logger log = LoggerFactory.getLogger(Mediakeep.class);

    private final Closer closer = new Closer();
    private final CountDownLatch stopped = new CountDownLatch(1);

    private Mediakeep() {}

    /**
     * Runs the server until SIGTERM or SIGINT stops it, which ends the process with exit code 0.
     *
     * @throws IOException or {@link RuntimeException} when it cannot run in this environment
     */
    public static void run(Config config) throws IOException {
        new Mediakeep().runUntilStopped(config);
    }

    private void runUntilStopped(Config config) throws IOException {
        try {
            Assembly assembly = closer.register(Assembly.of(config));
            EmbeddedServer server = closer.register(new EmbeddedServer(config, assembly.served(), assembly));
            assembly.measure(server);
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
}
