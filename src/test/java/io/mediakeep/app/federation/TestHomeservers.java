package io.mediakeep.app.federation;

import io.mediakeep.testing.Client;
import io.mediakeep.testing.TestConfig;
import io.mediakeep.testing.TestKey;
import io.mediakeep.testing.process.RunningServer;
import io.mediakeep.testing.server.RemoteHomeserver;
import io.mediakeep.testing.server.TestFederation;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * Homeservers with real server discovery. Each is a Mediakeep and a proxy that publishes the signing key, terminates
 * TLS, and forwards the media paths.
 */
final class TestHomeservers implements AutoCloseable {
    private final Path directory;
    private final TestFederation federation;
    private final SSLContext tls;
    private final Builder builder;
    private final List<Homeserver> homeservers = new ArrayList<>();
    private final List<RemoteHomeserver> webs = new ArrayList<>();

    /** Starts a Mediakeep. */
    interface Builder {
        /** With the configuration in a directory. */
        RunningServer start(Path configured) throws Exception;
    }

    TestHomeservers(Path directory, Builder builder) throws Exception {
        this.directory = directory;
        this.builder = builder;
        this.federation = new TestFederation(directory);
        this.tls = federation.certificates().server("*.example");
    }

    /** A homeserver. */
    static final class Homeserver {
        private final String name;
        private final Path configured;
        private final RemoteHomeserver front;
        private RunningServer server;

        private Homeserver(String name, Path configured, RemoteHomeserver front, RunningServer server) {
            this.name = name;
            this.configured = configured;
            this.front = front;
            this.server = server;
            front.forwardTo(server.url());
        }

        /** The server name. */
        String name() {
            return name;
        }

        /** A local user. */
        Client alice() {
            return new Client(server.url(), TestConfig.ALICE);
        }

        /** Its Mediakeep. */
        RunningServer server() {
            return server;
        }

        /** The requests of other servers for media of this server. */
        List<String> requestsFor(String mxc) {
            String id = mxc.substring(mxc.lastIndexOf('/') + 1);
            return front.requests().stream()
                    .map(RemoteHomeserver.ReceivedRequest::uri)
                    .filter(uri -> uri.contains(id))
                    .toList();
        }
    }

    /** Opens a homeserver that is found by an SRV record. */
    Homeserver openByService(String name) throws Exception {
        RemoteHomeserver front = proxy(name);
        federation.dns().service("_matrix-fed._tcp." + name, 10, 5, front.port(), name);
        return open(name, front);
    }

    /** Opens a homeserver with a port in its name. */
    Homeserver openByPort(String name) throws Exception {
        RemoteHomeserver front = proxy(name);
        return open(name + ":" + front.port(), front);
    }

    /**
     * Opens a homeserver that is found by a delegation; where port 443 is not available, by a deprecated SRV record.
     */
    Homeserver openByDelegation(String name) throws Exception {
        RemoteHomeserver front = proxy(name);
        try {
            webs.add(new RemoteHomeserver(federation.address(), 443, tls)
                    .respond("/.well-known/matrix/server", exchange -> {
                        boolean matches =
                                name.equals(exchange.getRequestHeaders().getFirst("Host"));
                        String delegation = "{\"m.server\":\"" + name + ":" + front.port() + "\"}";
                        RemoteHomeserver.send(exchange, matches ? 200 : 404, matches ? delegation : "");
                    }));
        } catch (BindException forbidden) {
            federation.dns().service("_matrix._tcp." + name, 10, 5, front.port(), name);
        }
        return open(name, front);
    }

    private RemoteHomeserver proxy(String host) throws IOException {
        federation.dns().host(host, federation.address());
        return new RemoteHomeserver(federation.address(), 0, tls);
    }

    private Homeserver open(String name, RemoteHomeserver front) throws Exception {
        TestKey key = new TestKey("ed25519:a_" + name.charAt(0));
        front.publishKey(name, key);
        Path own = Files.createDirectories(directory.resolve(name.replace(':', '-')));
        Path keyFile = Files.writeString(own.resolve("signing.key"), key.synapseLine());
        new TestConfig(own.resolve("data"))
                .of(name)
                .with(federation.yaml())
                .remote("signing-key-file: " + keyFile)
                .writeTo(own);
        Homeserver homeserver = new Homeserver(name, own, front, builder.start(own));
        homeservers.add(homeserver);
        return homeserver;
    }

    /** Starts the server of a homeserver again, which must have been stopped. */
    void reopen(Homeserver homeserver) throws Exception {
        homeserver.server = builder.start(homeserver.configured);
        homeserver.front.forwardTo(homeserver.server.url());
    }

    @Override
    public void close() throws IOException {
        for (Homeserver homeserver : homeservers) {
            homeserver.server.close();
            homeserver.front.close();
        }
        webs.forEach(RemoteHomeserver::close);
        federation.close();
    }
}
