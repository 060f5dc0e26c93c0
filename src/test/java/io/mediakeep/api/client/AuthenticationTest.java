package io.mediakeep.api.client;

import static io.mediakeep.testing.Client.error;
import static io.mediakeep.testing.Client.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.Client;
import io.mediakeep.testing.TestConfig;
import io.mediakeep.testing.server.TestHomeserver;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Authentication, with configured tokens and with those of a homeserver. */
class AuthenticationTest extends ResourceTest {
    private final TestHomeserver homeserver = new TestHomeserver().addUser("carols-token", "@carol:example.org");

    @Override
    Map<String, String> configured() {
        return Map.of("auth.homeserver-url", homeserver.url().toString(), "auth.cache-ttl", "0s");
    }

    @BeforeEach
    void respondByTokens() {
        homeserver.respondToWhoami();
    }

    @AfterAll
    @Override
    void stop() throws IOException {
        homeserver.close();
        super.stop();
    }

    @Test
    void endpointsForUsersRequireAToken() throws Exception {
        String mxc = alice.mxc(TEN_BYTES);
        assertThat(error(anonymous.upload(TEN_BYTES, "image/png", "cat"))).isEqualTo("401 M_MISSING_TOKEN");
        assertThat(error(anonymous.post(CREATE))).isEqualTo("401 M_MISSING_TOKEN");
        assertThat(error(put(anonymous, mxc))).isEqualTo("401 M_MISSING_TOKEN");
        assertThat(error(anonymous.get(CONFIG))).isEqualTo("401 M_MISSING_TOKEN");
        assertThat(error(anonymous.get("/_matrix/media/v3/config"))).isEqualTo("401 M_MISSING_TOKEN");
        assertThat(error(anonymous.get(Client.download(mxc)))).isEqualTo("401 M_MISSING_TOKEN");
        assertThat(error(anonymous.get(Client.download(mxc) + "/cat.png"))).isEqualTo("401 M_MISSING_TOKEN");
        assertThat(anonymous.get(Client.legacyDownload(mxc)).statusCode()).isEqualTo(200);
    }

    @Test
    void anInvalidTokenIsRejected() throws Exception {
        Client mallory = anonymous.as("wrong");
        assertThat(error(mallory.post(CREATE))).isEqualTo("401 M_UNKNOWN_TOKEN");
        HttpResponse<byte[]> response = mallory.get("/_matrix/client/v1/media/download/example.org/nothing");
        assertThat(error(response)).isEqualTo("401 M_UNKNOWN_TOKEN");
        assertThat(json(response)).doesNotContainKey("soft_logout");
    }

    @Test
    void aUserOfTheHomeserverIsServed() throws Exception {
        Client carol = anonymous.as("carols-token");
        String mxc = carol.mxc(TEN_BYTES);
        assertThat(carol.get(Client.download(mxc)).body()).isEqualTo(TEN_BYTES);
    }

    @Test
    void aSoftLogoutIsPassedOn() throws Exception {
        homeserver.respond(
                TestHomeserver.WHOAMI,
                TestHomeserver.json(401, "{\"errcode\":\"M_UNKNOWN_TOKEN\",\"error\":\"\",\"soft_logout\":true}"));
        HttpResponse<byte[]> response = anonymous.as("old").get(CONFIG);
        assertThat(error(response)).isEqualTo("401 M_UNKNOWN_TOKEN");
        assertThat(json(response).getBoolean("soft_logout")).isTrue();
    }

    @Test
    void anUnavailableHomeserverLogsNoClientOut() throws Exception {
        homeserver.respond(TestHomeserver.WHOAMI, TestHomeserver.html(502));
        HttpResponse<byte[]> response = anonymous.as("another").get(CONFIG);
        assertThat(error(response)).isEqualTo("503 M_UNKNOWN");
        assertThat(header(response, "Retry-After")).isEqualTo("5");
        assertThat(alice.get(CONFIG).statusCode()).isEqualTo(200);
    }

    @Test
    void theTokenMayBeInTheQuery() throws Exception {
        assertThat(anonymous.get(CONFIG + "?access_token=" + TestConfig.ALICE).statusCode())
                .isEqualTo(200);
        assertThat(error(anonymous.get(CONFIG + "?access_token="))).isEqualTo("401 M_UNKNOWN_TOKEN");
    }

    @Test
    void theHeaderPrecedesTheQuery() throws Exception {
        assertThat(alice.get(CONFIG + "?access_token=two+words").statusCode()).isEqualTo(200);
        assertThat(error(anonymous.as("two words").get(CONFIG + "?access_token=" + TestConfig.ALICE)))
                .isEqualTo("401 M_UNKNOWN_TOKEN");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bearer " + TestConfig.ALICE, "BEARER  " + TestConfig.ALICE, "Bearer " + TestConfig.ALICE + " "})
    void theSchemeIsCaseInsensitive(String header) throws Exception {
        assertThat(get(anonymous, CONFIG, "Authorization", header).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic YWxpY2U6c2VjcmV0", "Bearer", TestConfig.ALICE, "Bearer" + TestConfig.ALICE})
    void anotherSchemeIsNoToken(String header) throws Exception {
        assertThat(error(get(anonymous, CONFIG, "Authorization", header))).isEqualTo("401 M_MISSING_TOKEN");
    }

    @Test
    void guestsMayOnlyDownload() throws Exception {
        String mxc = alice.mxc(TEN_BYTES);
        String pending = reserve();
        assertThat(guest.get(Client.download(mxc)).body()).isEqualTo(TEN_BYTES);
        assertThat(guest.get(Client.download(mxc) + "/cat.png").body()).isEqualTo(TEN_BYTES);
        for (HttpResponse<byte[]> response : List.of(
                guest.upload(TEN_BYTES, "image/png", "cat"),
                guest.post(CREATE),
                put(guest, pending),
                guest.get(CONFIG),
                guest.get("/_matrix/media/r0/config"))) {
            assertThat(error(response)).isEqualTo("403 M_GUEST_ACCESS_FORBIDDEN");
        }
    }

    @Test
    void unauthenticatedRequestsDoNotRevealWhatExists() throws Exception {
        String mxc = alice.mxc(TEN_BYTES);
        String unknown = "mxc://example.org/nothing";
        assertThat(anonymous.get(Client.download(mxc)).body())
                .isEqualTo(anonymous.get(Client.download(unknown)).body());
        assertThat(put(anonymous, mxc).body()).isEqualTo(put(anonymous, unknown).body());
        assertThat(get(anonymous, Client.download(mxc), "If-None-Match", "*").statusCode())
                .isEqualTo(401);
    }
}
