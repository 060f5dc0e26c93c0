package io.mediakeep.app;

import io.mediakeep.testing.Client;
import io.mediakeep.testing.Neighbourhood;
import io.mediakeep.testing.RemoteHomeserver;
import io.mediakeep.testing.TestConfig;
import io.mediakeep.testing.TestKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;

/**
 * Homeservers that find each other as real ones do. Each is a server of ours beside what a homeserver and its proxy do
 * for it: they publish its key, answer over TLS, and hand on what is its own.
 */
final class Town implements AutoCloseable {
    private final Path folder;
    private final Neighbourhood neighbourhood;
    private final SSLContext tls;
    private final List<House> houses = new ArrayList<>();

    /** @param names of all who will live here */
    Town(Path folder, String... names) throws Exception {
        this.folder = folder;
        this.neighbourhood = new Neighbourhood(folder);
        this.tls = neighbourhood.certificates().server(names);
    }

    /** A homeserver. */
    record House(String name, ServerInProcess server, RemoteHomeserver front) {
        /** Somebody who lives here. */
        Client alice() {
            return new Client(server.url(), TestConfig.ALICE);
        }
    }

    /** Opens a homeserver, which others find by a service record. */
    House open(String name) throws Exception {
        TestKey key = new TestKey("ed25519:a_" + name.length());
        Path own = Files.createDirectories(folder.resolve(name));
        Map<String, String> variables = new HashMap<>(neighbourhood.variables());
        variables.put("MEDIAKEEP_SERVER_NAME", name);
        variables.put(
                "MEDIAKEEP_REMOTE_SIGNING_KEY_FILE",
                Files.writeString(own.resolve("signing.key"), key.synapseLine()).toString());
        ServerInProcess server = new ServerInProcess(own, variables);
        RemoteHomeserver front = new RemoteHomeserver(neighbourhood.address(), 0, tls)
                .publishes(name, key)
                .forwardsTo(server.url());
        neighbourhood.dns().host(name, neighbourhood.address());
        neighbourhood.dns().service("_matrix-fed._tcp." + name, 10, 5, front.port(), name);
        House house = new House(name, server, front);
        houses.add(house);
        return house;
    }

    @Override
    public void close() throws IOException {
        for (House house : houses) {
            house.server().close();
            house.front().close();
        }
        neighbourhood.close();
    }
}
