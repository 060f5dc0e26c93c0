package io.mediakeep.api.admin;

import static io.mediakeep.testing.Client.error;
import static io.mediakeep.testing.Client.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.app.ServerInProcess;
import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.testing.Client;
import io.mediakeep.testing.TestConfig;
import io.mediakeep.testing.server.TestHomeserver;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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
    private static final int CONNECTIONS = 4;
    protected static final String OURS = "/_mediakeep/admin/v1";

    protected final TestHomeserver homeserver = new TestHomeserver()
            .addAdmin("operators-token", "@operator:example.org")
            .addUser("carols-token", "@carol:example.org")
            .addGuest("visitors-token", "@visitor:example.org");

    protected DatabaseSettings database;
    protected ServerInProcess server;
    protected Client admin;
    protected Client operator;
    protected Client alice;
    protected Client bob;
    protected Client carol;
    protected Client nobody;

    /** The database of a server with its data in this directory: by default the embedded one. */
    protected DatabaseSettings database(Path dataDirectory) {
        return new DatabaseSettings(
                DatabaseSettings.embeddedUrl(dataDirectory), Optional.empty(), Optional.empty(), CONNECTIONS);
    }

    /** What else is configured. */
    protected Map<String, String> configured() {
        return Map.of();
    }

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        database = database(directory.resolve("data"));
        Map<String, String> keys = new HashMap<>();
        if (database.postgresql()) {
            keys.put("database.url", database.url());
            database.username().ifPresent(name -> keys.put("database.username", name));
        }
        keys.put("auth.homeserver-url", homeserver.url().toString());
        keys.putAll(configured());
        server = new ServerInProcess(directory, keys);
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

    /** GET with a 200 response, as JSON. */
    protected static JsonObject object(Client client, String path) throws Exception {
        HttpResponse<byte[]> response = client.get(path);
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
        return json(response);
    }

    /** Checks that only administrators may do this, and that errors are not stored either. */
    protected void isOnlyForAdministrators(String method, String path) throws Exception {
        assertRejected("401 M_MISSING_TOKEN", send(nobody, method, path));
        assertRejected("401 M_UNKNOWN_TOKEN", send(admin.as("wrong"), method, path));
        assertRejected("403 M_FORBIDDEN", send(alice, method, path));
        assertRejected("403 M_FORBIDDEN", send(carol, method, path));
        assertRejected("403 M_FORBIDDEN", send(admin.as("visitors-token"), method, path));
    }

    private static void assertRejected(String expected, HttpResponse<byte[]> response) {
        assertThat(error(response)).isEqualTo(expected);
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
    }
}
