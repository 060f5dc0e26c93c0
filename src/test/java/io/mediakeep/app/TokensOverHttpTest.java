package io.mediakeep.app;

import static io.mediakeep.testing.Client.error;
import static io.mediakeep.testing.Client.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.Client;
import io.mediakeep.testing.server.TestHomeserver;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests with tokens that the homeserver accepts or rejects, to the embedded server. */
class TokensOverHttpTest {
    private static final String CONFIG = "/_matrix/client/v1/media/config";

    private final TestHomeserver homeserver = new TestHomeserver();
    private ServerInProcess server;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        Map<String, String> settings = Map.of(
                "auth.homeserver-url", homeserver.url().toString(),
                "quota.max-files", "1",
                "quota.rules[0].users", "@irc_alice:*",
                "quota.rules[0].max-files", "1/1d",
                "quota.rules[0].max-size", "20");
        server = new ServerInProcess(directory, settings);
    }

    @AfterEach
    void stop() {
        server.close();
        homeserver.close();
    }

    @Test
    void failedChecksAreCountedByAddress() throws Exception {
        for (int i = 0; i < 60; i++) {
            assertThat(error(request("wrong" + i, "192.0.2.1"))).isEqualTo("401 M_UNKNOWN_TOKEN");
        }
        HttpResponse<byte[]> rejected = request("wrong", "192.0.2.1");
        assertThat(error(rejected)).isEqualTo("429 M_LIMIT_EXCEEDED");
        assertThat(Long.parseLong(rejected.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1L, 60L);
        assertThat(homeserver.requestCount(TestHomeserver.WHOAMI)).isEqualTo(60);
        assertThat(error(request("wrong", "192.0.2.2"))).isEqualTo("401 M_UNKNOWN_TOKEN");
    }

    @Test
    void anApplicationServiceUploadsAsItsUsersWithTheirQuotas() throws Exception {
        homeserver.addUser("bridge", "@bridge:example.org");
        Client bridge = new Client(server.url(), "bridge");
        for (String user : List.of("@irc_alice:example.org", "@irc_bob:example.org")) {
            homeserver.addImpersonation("bridge", user);
            assertThat(upload(bridge, user).statusCode()).isEqualTo(200);
            assertThat(error(upload(bridge, user))).isEqualTo("403 M_FORBIDDEN");
        }
        assertThat(json(bridge.get(CONFIG + "?user_id=@irc_alice:example.org")).getInt("m.upload.size"))
                .isEqualTo(20);
        assertThat(json(bridge.get(CONFIG)).getInt("m.upload.size")).isGreaterThan(20);
        assertThat(bridge.upload(new byte[1], "image/png", "").statusCode()).isEqualTo(200);
        assertThat(error(upload(bridge, "@carol:example.org"))).isEqualTo("403 M_FORBIDDEN");
        assertThat(error(upload(bridge, "@irc_alice:elsewhere.org"))).isEqualTo("403 M_FORBIDDEN");
    }

    private static HttpResponse<byte[]> upload(Client client, String user) throws Exception {
        return client.send(client.request("/_matrix/media/v3/upload?user_id=" + user)
                .POST(BodyPublishers.ofByteArray(new byte[10])));
    }

    private HttpResponse<byte[]> request(String token, String address) throws Exception {
        Client client = new Client(server.url(), token);
        return client.send(client.request(CONFIG).header("X-Forwarded-For", address));
    }
}
