package io.mediakeep.api.admin;

import static io.mediakeep.testing.Client.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.Client;
import io.mediakeep.testing.server.TestHomeserver;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is an administrator: by configuration, and by the homeserver. */
class AdministratorsTest extends AdminContract {
    private static final String ANY = OURS + "/audit";
    private static final String DORA = TestHomeserver.ADMIN + "%40dora%3Aexample.org/admin";

    @Override
    protected Map<String, String> configured() {
        return Map.of("auth.cache-ttl", "0s", "auth.admins", "@erin:example.org,@bob:example.org,@visitor:example.org");
    }

    @Test
    void administratorsOfConfigurationAndHomeserverAreAdmitted() throws Exception {
        homeserver.addUser("erins-token", "@erin:example.org");
        for (Client client : new Client[] {admin, operator, bob, admin.as("erins-token")}) {
            HttpResponse<byte[]> response = client.get(ANY);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
        }
    }

    @Test
    void othersAreNot() throws Exception {
        isOnlyForAdministrators("GET", ANY);
    }

    @Test
    void aTokenThatMayActAsAnAdministratorIsCheckedWithTheHomeserver() throws Exception {
        homeserver
                .addUser("service-token", "@service:example.org")
                .addImpersonation("service-token", "@operator:example.org");
        assertThat(error(admin.as("service-token").get(ANY + "?user_id=@operator:example.org")))
                .isEqualTo("403 M_FORBIDDEN");
    }

    @Test
    void theHomeserverGetsRequestsOnlyForAdministration() throws Exception {
        homeserver.addAdmin("doras-token", "@dora:example.org");
        int before = homeserver.requestCount(DORA);
        assertThat(admin.as("doras-token")
                        .get("/_matrix/client/v1/media/config")
                        .statusCode())
                .isEqualTo(200);
        assertThat(homeserver.requestCount(DORA)).isEqualTo(before);
        assertThat(admin.as("doras-token").get(ANY).statusCode()).isEqualTo(200);
        assertThat(homeserver.requestCount(DORA)).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @CsvSource({"200, false", "400, true", "403, true", "404, true", "405, true", "501, true"})
    void otherResponsesOfTheHomeserverMeanNo(int status, boolean admin) throws Exception {
        assertThat(error(dora(TestHomeserver.json(status, "{\"admin\":" + admin + "}"))))
                .isEqualTo("403 M_FORBIDDEN");
    }

    @Test
    void aProxyThatDoesNotForwardThePathMeansNo() throws Exception {
        assertThat(error(dora(TestHomeserver.html(404)))).isEqualTo("403 M_FORBIDDEN");
    }

    @Test
    void aTokenThatHasExpiredMeanwhileIsUnknown() throws Exception {
        assertThat(error(dora(TestHomeserver.json(401, "{\"errcode\":\"M_UNKNOWN_TOKEN\"}"))))
                .isEqualTo("401 M_UNKNOWN_TOKEN");
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 302, 429, 500, 502, 503})
    void anErrorOfTheHomeserverIsNoResult(int status) throws Exception {
        assertThat(error(dora(TestHomeserver.json(status, "{\"admin\":true}")))).isEqualTo("503 M_UNKNOWN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"admin\":1}", "{\"admin\":\"true\"}", "{\"admin\":null}", "[]", "yes"})
    void malformedResponsesAreNoResult(String body) throws Exception {
        assertThat(error(dora(TestHomeserver.json(200, body)))).isEqualTo("503 M_UNKNOWN");
    }

    private HttpResponse<byte[]> dora(TestHomeserver.Responder responder) throws Exception {
        homeserver.addUser("doras-token", "@dora:example.org").respond(DORA, responder);
        return admin.as("doras-token").get(ANY);
    }
}
