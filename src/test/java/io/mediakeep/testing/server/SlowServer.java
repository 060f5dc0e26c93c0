package io.mediakeep.testing.server;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;

/**
 * A server that sends 100 MB in each response, at about 32 KiB a second, which is above the minimum rate of clients;
 * under any number of names.
 */
public final class SlowServer implements AutoCloseable {
    private static final String DROP = "<p>drop</p>".repeat(750);
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final RawServer server;

    /** Without TLS, at 127.0.0.1. */
    public SlowServer() throws IOException {
        server = new RawServer((head, connection) -> drip(connection));
    }

    /** With TLS, at an address of this host. */
    public SlowServer(String address, SSLContext tls) throws IOException {
        server = new RawServer(address, tls, (head, connection) -> drip(connection));
    }

    private static void drip(RawServer.Connection connection) throws IOException {
        connection.send("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000000\r\n\r\n");
        while (true) {
            connection.send(DROP);
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** The port. */
    public int port() {
        return server.port();
    }

    /** The number of requests received. */
    public int requests() {
        return server.heads().size();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
