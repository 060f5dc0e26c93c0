package io.mediakeep.api.synapse;

import static io.mediakeep.testing.Client.error;
import static io.mediakeep.testing.Client.json;
import static io.mediakeep.testing.server.TestHomeserver.endless;
import static io.mediakeep.testing.server.TestHomeserver.html;
import static io.mediakeep.testing.server.TestHomeserver.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.api.admin.AdminContract;
import io.mediakeep.testing.Client;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the homeserver returns to administrators: the media of rooms, and the display names of users. */
class HomeserverListsTest extends AdminContract {
    private static final String ROOM = SYNAPSE + "/room/%21room%3Aexample.org/media";
    private static final String USERS = "/_synapse/admin/v2/users";

    @Test
    void theMediaOfARoomIsListedAsTheHomeserverLists() throws Exception {
        homeserver.respond(ROOM, json(200, """
                        {"local": ["mxc://example.org/b", "mxc://example.org/a", "mxc://example.org/b", "", 17, "mxc://a b/c"],
                         "remote": ["mxc://other.example/c"]}"""));
        assertThat(object(operator, ROOM))
                .hasToString("{\"local\":[\"mxc://example.org/b\",\"mxc://example.org/a\",\"mxc://example.org/b\"],"
                        + "\"remote\":[\"mxc://other.example/c\"]}");
        assertThat(object(operator, SYNAPSE + "/room/!room:example.org/media")).containsKey("local");
    }

    @Test
    void aConfiguredTokenIsNotSentToTheHomeserver() throws Exception {
        int before = homeserver.requestCount(ROOM);
        HttpResponse<byte[]> response = admin.get(ROOM);
        assertThat(error(response)).isEqualTo("400 M_UNKNOWN");
        assertThat(json(response).getString("error")).contains("homeserver");
        assertThat(homeserver.requestCount(ROOM)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 405, 500, 502})
    void aHomeserverWithoutTheListIsABadGateway(int status) throws Exception {
        homeserver.respond(ROOM, html(status));
        assertThat(error(operator.get(ROOM))).isEqualTo("502 M_UNKNOWN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"local\":[]}", "{\"local\":[],\"remote\":{}}", "<html>"})
    void aMalformedListIsABadGateway(String body) throws Exception {
        homeserver.respond(ROOM, json(200, body));
        assertThat(error(operator.get(ROOM))).isEqualTo("502 M_UNKNOWN");
    }

    @Test
    void aHomeserverThatForbidsItForbidsIt() throws Exception {
        homeserver.respond(ROOM, json(403, "{}"));
        assertThat(error(operator.get(ROOM))).isEqualTo("403 M_FORBIDDEN");
    }

    @Test
    void anEndlessListIsNotRead() throws Exception {
        homeserver.respond(ROOM, endless());
        assertThat(error(operator.get(ROOM))).isEqualTo("503 M_UNKNOWN");
    }

    /** The homeserver's address is that of a proxy, which leads the path back to this server. */
    @Test
    void aRequestLoopIsDetected() throws Exception {
        homeserver.respond(ROOM, exchange -> {
            try {
                HttpResponse<byte[]> nested = operator.send(operator.request(ROOM)
                        .header("CDN-Loop", exchange.getRequestHeaders().getFirst("CDN-Loop")));
                json(nested.statusCode(), new String(nested.body(), StandardCharsets.UTF_8))
                        .to(exchange);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
        int before = homeserver.requestCount(ROOM);
        HttpResponse<byte[]> response = operator.get(ROOM);
        assertThat(error(response)).isEqualTo("502 M_UNKNOWN");
        assertThat(json(response).getString("error")).contains("auth.homeserver-url leads back to this server");
        assertThat(homeserver.requestCount(ROOM)).isEqualTo(before + 1);
    }

    @Test
    void usersHaveTheDisplayNamesOfTheHomeserver() throws Exception {
        homeserver.respond(USERS, json(200, """
                        {"users": [{"name": "@alice:example.org", "displayname": "Zoe"},
                                   {"name": "@bob:example.org", "displayname": null},
                                   {"name": "@carol:example.org"}, 17], "total": 3}"""));
        for (Client client : List.of(alice, bob, carol)) {
            assertThat(client.upload(BodyPublishers.ofString("x"), "text/plain", "x")
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(names("order_by=displayname&dir=b")).isEqualTo("Zoe null null");
        assertThat(names("search_term=zo")).isEqualTo("Zoe");
        int requests = homeserver.requestCount(USERS);
        assertThat(names("")).isEqualTo("Zoe null null");
        assertThat(homeserver.requestCount(USERS)).isEqualTo(requests);
    }

    private String names(String query) throws Exception {
        return object(operator, SYNAPSE + "/statistics/users/media?" + query).getJsonArray("users").stream()
                .map(user -> user.asJsonObject().isNull("displayname")
                        ? "null"
                        : user.asJsonObject().getString("displayname"))
                .collect(Collectors.joining(" "));
    }
}
