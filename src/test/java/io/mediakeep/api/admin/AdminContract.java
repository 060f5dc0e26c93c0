package io.mediakeep.api.admin;

import static io.mediakeep.testing.Client.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.app.ServerInProcess;
import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.testing.Client;
import io.mediakeep.testing.PostgresServer;
import io.mediakeep.testing.TestConfig;
import io.mediakeep.testing.server.TestHomeserver;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The resources for administrators over HTTP: one server for all tests of a class, beside a homeserver. Administrators are
 * {@code admin}, by a configured token, and {@code operator}, by the homeserver.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class AdminContract {
    protected static final String SYNAPSE = "/_synapse/admin/v1";
    protected static final String OURS = "/_mediakeep/admin/v1";

    protected final TestHomeserver homeserver = new TestHomeserver()
            .addAdmin("operators-token", "@operator:example.org")
            .addUser("carols-token", "@carol:example.org")
            .addGuest("visitors-token", "@visitor:example.org");

    protected ServerInProcess server;
    protected Client admin;
    protected Client operator;
    protected Client alice;
    protected Client bob;
    protected Client carol;
    protected Client nobody;

    /** The configuration of the database; empty for H2. */
    protected Map<String, String> database() {
        return Map.of();
    }

    /** The configuration of a new database of PostgreSQL. */
    protected static Map<String, String> postgres() {
        DatabaseSettings database = PostgresServer.freshDatabase();
        return Map.of(
                "database.url", database.url(),
                "database.username", database.username().orElseThrow());
    }

    /** What else is configured. */
    protected Map<String, String> configured() {
        return Map.of();
    }

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        Map<String, String> keys = new HashMap<>(database());
        keys.put("auth.homeserver-url", homeserver.url().toString());
        keys.putAll(configured());
        server = new ServerInProcess(folder, keys);
        admin = new Client(server.url(), TestConfig.ADMIN);
        operator = admin.as("operators-token");
        alice = admin.as(TestConfig.ALICE);
        bob = admin.as(TestConfig.BOB);
        carol = admin.as("carols-token");
        nobody = admin.as("");
    }

    @AfterAll
    void stop() throws IOException {
        server.close();
        homeserver.close();
    }

    /** Sends a request with a method and no body. */
    protected static HttpResponse<byte[]> send(Client client, String method, String path) throws Exception {
        return client.send(client.request(path).method(method, BodyPublishers.noBody()));
    }

    /** Checks that only administrators may do this, and that errors are not stored either. */
    protected void isOnlyForAdministrators(String method, String path) throws Exception {
        assertRefusal("401 M_MISSING_TOKEN", send(nobody, method, path));
        assertRefusal("401 M_UNKNOWN_TOKEN", send(admin.as("wrong"), method, path));
        assertRefusal("403 M_FORBIDDEN", send(alice, method, path));
        assertRefusal("403 M_FORBIDDEN", send(carol, method, path));
        assertRefusal("403 M_FORBIDDEN", send(admin.as("visitors-token"), method, path));
    }

    private static void assertRefusal(String expected, HttpResponse<byte[]> response) {
        assertThat(error(response)).isEqualTo(expected);
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
    }
}
