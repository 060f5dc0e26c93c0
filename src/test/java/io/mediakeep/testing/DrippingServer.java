package io.mediakeep.testing;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;

/**
 * A server that answers every request with some 32 KiB a second, which is not given up for being slow, and with 100 MB
 * altogether; under as many names as it is given.
 */
public final class DrippingServer implements AutoCloseable {
    private static final String DROP = "<p>drop</p>".repeat(750);
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final RawServer server;

    /** Speaks plainly, at 127.0.0.1. */
    public DrippingServer() throws IOException {
        server = new RawServer((head, talk) -> drip(talk));
    }

    /** Speaks TLS, at an address of this host. */
    public DrippingServer(String address, SSLContext tls) throws IOException {
        server = new RawServer(address, tls, (head, talk) -> drip(talk));
    }

    private static void drip(RawServer.Talk talk) throws IOException {
        talk.say("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000000\r\n\r\n");
        while (true) {
            talk.say(DROP);
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** Where it listens. */
    public int port() {
        return server.port();
    }

    /** How many requests there were. */
    public int requests() {
        return server.heads().size();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
