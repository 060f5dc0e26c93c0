package io.mediakeep.api.synapse;

import static io.mediakeep.testing.Client.error;
import static io.mediakeep.testing.Client.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.api.admin.AdminContract;
import io.mediakeep.matrix.Sha256;
import io.mediakeep.testing.Client;
import io.mediakeep.testing.StoredData;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The endpoints of Synapse's admin API for media that only read. */
abstract class SynapseListsContract extends AdminContract {
    private static final String ALICE = SYNAPSE + "/users/@alice:example.org/media";
    private static final String STATISTICS = SYNAPSE + "/statistics/users/media";
    private static final String HASH = "0".repeat(64);

    /** Alice uploaded three files and Bob two; one is cached of another server. */
    @BeforeAll
    void upload() throws Exception {
        for (String name : List.of("b.png", "a.png", "c.png")) {
            assertThat(alice.upload(new byte[name.charAt(0)], "image/png", name).statusCode())
                    .isEqualTo(200);
        }
        assertThat(bob.upload(new byte[1000], "text/plain", "d").statusCode()).isEqualTo(200);
        assertThat(bob.upload(new byte[1001], "text/plain", "e").statusCode()).isEqualTo(200);
        StoredData.execute(
                database,
                "insert into stored_blob (hash, location, size, created_at) values ('" + HASH + "', '" + HASH
                        + "', 7, 5)",
                "insert into media (origin, media_id, content_type, size, blob_hash, created_at, last_access_at,"
                        + " authenticated_only, quarantined, remote, quarantined_by) values ('other.example', 'cat',"
                        + " 'image/gif', 7, '" + HASH + "', 5, 6, true, true, true, '@admin:example.org')");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/media/example.org/cat",
                "/users/@alice:example.org/media",
                "/statistics/users/media",
                "/room/!room:example.org/media"
            })
    void onlyAdministratorsRead(String path) throws Exception {
        isOnlyForAdministrators("GET", SYNAPSE + path);
    }

    @Test
    void localMediaIsDescribed() throws Exception {
        byte[] content = "a cat".getBytes(StandardCharsets.UTF_8);
        String mxc = json(carol.upload(content, "image/png", "cat.png")).getString("content_uri");
        JsonObject info = object(operator, SYNAPSE + "/media/" + mxc.substring("mxc://".length()))
                .getJsonObject("media_info");
        assertThat(info.keySet())
                .containsExactlyInAnyOrder(
                        "media_origin",
                        "user_id",
                        "media_id",
                        "media_type",
                        "media_length",
                        "upload_name",
                        "created_ts",
                        "filesystem_id",
                        "url_cache",
                        "last_access_ts",
                        "quarantined_by",
                        "authenticated",
                        "safe_from_quarantine",
                        "sha256");
        assertThat(info.getString("user_id")).isEqualTo("@carol:example.org");
        assertThat(mxc).endsWith("/" + info.getString("media_id"));
        assertThat(info.getString("media_type")).isEqualTo("image/png");
        assertThat(info.getInt("media_length")).isEqualTo(5);
        assertThat(info.getString("upload_name")).isEqualTo("cat.png");
        assertThat(info.getString("sha256")).isEqualTo(Sha256.hex("a cat"));
        assertThat(info.getBoolean("authenticated")).isFalse();
        assertThat(info.getBoolean("safe_from_quarantine")).isFalse();
        assertThat(List.of("media_origin", "filesystem_id", "url_cache", "last_access_ts", "quarantined_by"))
                .allMatch(info::isNull);
    }

    @Test
    void remoteMediaIsDescribed() throws Exception {
        JsonObject info = object(admin, SYNAPSE + "/media/other.example/cat").getJsonObject("media_info");
        assertThat(info.getString("media_origin")).isEqualTo("other.example");
        assertThat(info.getString("quarantined_by")).isEqualTo("@admin:example.org");
        assertThat(info.getInt("created_ts")).isEqualTo(5);
        assertThat(info.getInt("last_access_ts")).isEqualTo(6);
        assertThat(info.getString("filesystem_id")).isEqualTo(HASH);
        assertThat(info.getBoolean("authenticated")).isTrue();
        assertThat(List.of("user_id", "url_cache", "safe_from_quarantine", "upload_name"))
                .allMatch(info::isNull);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.org/nothing",
                "other.example/dog",
                "unknown.example/cat",
                "a_b/cat",
                "example.org/c.a.t",
                "%20/%20"
            })
    void unknownMediaIsNotFound(String media) throws Exception {
        assertThat(error(admin.get(SYNAPSE + "/media/" + media))).isEqualTo("404 M_NOT_FOUND");
    }

    @Test
    void theMediaOfAUserIsListedNewestFirst() throws Exception {
        JsonObject list = object(admin, ALICE);
        assertThat(names(list)).isEqualTo("c.png a.png b.png");
        assertThat(list.getInt("total")).isEqualTo(3);
        assertThat(list).doesNotContainKey("next_token");
        assertThat(list.getJsonArray("media").getJsonObject(0).keySet())
                .containsExactlyInAnyOrder(
                        "media_id",
                        "media_type",
                        "media_length",
                        "upload_name",
                        "created_ts",
                        "url_cache",
                        "last_access_ts",
                        "quarantined_by",
                        "safe_from_quarantine",
                        "user_id",
                        "authenticated",
                        "sha256");
    }

    @ParameterizedTest
    @CsvSource({
        "dir=f, b.png a.png c.png",
        "dir=b, c.png a.png b.png",
        "order_by=created_ts, b.png a.png c.png",
        "order_by=upload_name, a.png b.png c.png",
        "order_by=upload_name&dir=b, c.png b.png a.png",
        "order_by=media_length, a.png b.png c.png",
        "order_by=media_length&dir=b&limit=1, c.png",
        "order_by=media_length&from=1, b.png c.png",
        "order_by=media_length&from=3, ''",
        "order_by=media_length&from=99999999999&limit=99999999999, ''",
        "order_by=&dir=&limit=&from=, c.png a.png b.png",
        "limit=0, ''"
    })
    void theListIsSortedAndPaged(String query, String names) throws Exception {
        assertThat(names(object(admin, ALICE + "?" + query))).isEqualTo(names);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "media_id",
                "upload_name",
                "created_ts",
                "last_access_ts",
                "media_length",
                "media_type",
                "quarantined_by",
                "safe_from_quarantine"
            })
    void eachOrderListsEverythingInPages(String order) throws Exception {
        JsonObject first = object(admin, ALICE + "?limit=2&order_by=" + order);
        JsonObject second = object(admin, ALICE + "?limit=2&order_by=" + order + "&from=" + first.getInt("next_token"));
        assertThat((names(first) + " " + names(second)).split(" "))
                .containsExactlyInAnyOrder("a.png", "b.png", "c.png");
        assertThat(second).doesNotContainKey("next_token");
    }

    @Test
    void aUserIdMayBeEncoded() throws Exception {
        assertThat(object(admin, SYNAPSE + "/users/%40alice%3Aexample.org/media")
                        .getInt("total"))
                .isEqualTo(3);
    }

    @Test
    void aUserWithoutMediaHasAnEmptyList() throws Exception {
        assertThat(object(admin, SYNAPSE + "/users/@nobody:example.org/media"))
                .hasToString("{\"media\":[],\"total\":0}");
    }

    @ParameterizedTest
    @CsvSource({
        "/users/@alice:other.example/media, 400 M_UNKNOWN",
        "/users/alice/media, 400 M_INVALID_PARAM",
        "/users/@alice:example.org/media?order_by=size, 400 M_INVALID_PARAM",
        "/users/@alice:example.org/media?order_by=MEDIA_ID, 400 M_INVALID_PARAM",
        "/users/@alice:example.org/media?dir=up, 400 M_INVALID_PARAM",
        "/users/@alice:example.org/media?limit=-1, 400 M_INVALID_PARAM",
        "/users/@alice:example.org/media?from=-1, 400 M_INVALID_PARAM",
        "/users/@alice:example.org/media?from=two, 400 M_INVALID_PARAM",
        "/statistics/users/media?order_by=size, 400 M_INVALID_PARAM",
        "/statistics/users/media?dir=up, 400 M_INVALID_PARAM",
        "/statistics/users/media?limit=-1, 400 M_INVALID_PARAM",
        "/statistics/users/media?from=-1, 400 M_INVALID_PARAM",
        "/statistics/users/media?from_ts=-1, 400 M_INVALID_PARAM",
        "/statistics/users/media?until_ts=-1, 400 M_INVALID_PARAM",
        "/statistics/users/media?from_ts=5&until_ts=5, 400 M_INVALID_PARAM",
        "/statistics/users/media?search_term=, 400 M_INVALID_PARAM",
        "/room/room:example.org/media, 400 M_INVALID_PARAM"
    })
    void wrongParametersAreRejected(String path, String expected) throws Exception {
        assertThat(error(admin.get(SYNAPSE + path))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "'', @alice:example.org 3 294|@bob:example.org 2 2001",
        "dir=b, @bob:example.org 2 2001|@alice:example.org 3 294",
        "order_by=media_length&dir=b, @bob:example.org 2 2001|@alice:example.org 3 294",
        "order_by=media_count, @bob:example.org 2 2001|@alice:example.org 3 294",
        "search_term=LIC, @alice:example.org 3 294",
        "search_term=example, ''",
        "until_ts=1, ''",
        "from_ts=1&until_ts=99999999999999, @alice:example.org 3 294|@bob:example.org 2 2001",
        "limit=1, @alice:example.org 3 294",
        "limit=1&from=1, @bob:example.org 2 2001"
    })
    void usersAreCounted(String query, String expected) throws Exception {
        assertThat(users(object(admin, STATISTICS + "?" + query))).isEqualTo(expected);
    }

    @Test
    void pagesOfUsersSayWhereTheNextBegins() throws Exception {
        JsonObject first = object(admin, STATISTICS + "?limit=1");
        assertThat(first.getInt("total")).isGreaterThanOrEqualTo(2);
        assertThat(first.getInt("next_token")).isEqualTo(1);
        assertThat(object(admin, STATISTICS)).doesNotContainKey("next_token");
    }

    @Test
    void theMediaOfAUserIsDeletedAsItIsListed() throws Exception {
        homeserver.addUser("doras-token", "@dora:example.org");
        Client dora = admin.as("doras-token");
        String path = SYNAPSE + "/users/@dora:example.org/media";
        isOnlyForAdministrators("DELETE", path);
        String small = dora.mxc(new byte[10]);
        String large = dora.mxc(new byte[20]);
        JsonObject deleted = json(send(admin, "DELETE", path + "?order_by=media_length&dir=b&limit=1"));
        assertThat(large).endsWith("/" + deleted.getJsonArray("deleted_media").getString(0));
        assertThat(deleted.getInt("total")).isEqualTo(1);
        assertThat(error(dora.get(Client.download(large)))).isEqualTo("404 M_NOT_FOUND");
        assertThat(dora.get(Client.download(small)).statusCode()).isEqualTo(200);
        assertThat(json(send(admin, "DELETE", path)).getInt("total")).isEqualTo(1);
        assertThat(json(send(admin, "DELETE", path))).hasToString("{\"deleted_media\":[],\"total\":0}");
        assertThat(error(send(admin, "DELETE", path + "?limit=-1"))).isEqualTo("400 M_INVALID_PARAM");
        assertThat(error(send(admin, "DELETE", SYNAPSE + "/users/@dora:other.example/media")))
                .isEqualTo("400 M_UNKNOWN");
    }

    @Test
    void remoteMediaIsPurgedByItsLastAccessUnlessItIsQuarantined() throws Exception {
        String purge = SYNAPSE + "/purge_media_cache?before_ts=";
        isOnlyForAdministrators("POST", purge + 30_000_000_001L);
        for (String row : List.of("'old', 7, 30000000000", "'used', 7, 30000000001")) {
            StoredData.execute(
                    database,
                    "insert into media (origin, media_id, size, last_access_at, content_type, blob_hash, created_at,"
                            + " authenticated_only, quarantined, remote) values ('third.example', " + row
                            + ", 'image/gif', '" + HASH + "', 5, true, false, true)");
        }
        assertThat(json(admin.post(purge + 30_000_000_001L))).hasToString("{\"deleted\":1}");
        assertThat(error(admin.get(SYNAPSE + "/media/third.example/old"))).isEqualTo("404 M_NOT_FOUND");
        assertThat(object(admin, SYNAPSE + "/media/third.example/used")).isNotEmpty();
        assertThat(object(admin, SYNAPSE + "/media/other.example/cat")).isNotEmpty();
        assertThat(json(admin.post(purge + 30_000_000_002L))).hasToString("{\"deleted\":1}");
        for (String before : List.of("-1", "soon", "1767225600")) {
            assertThat(error(admin.post(purge + before))).isEqualTo("400 M_INVALID_PARAM");
        }
    }

    private static String names(JsonObject list) {
        return String.join(
                " ",
                list.getJsonArray("media").stream()
                        .map(media -> media.asJsonObject().getString("upload_name"))
                        .toList());
    }

    /** The users but Carol and Dora. */
    private static String users(JsonObject list) {
        return String.join(
                "|",
                list.getJsonArray("users").stream()
                        .map(JsonValue::asJsonObject)
                        .filter(user -> !user.getString("user_id").matches("@(carol|dora):.*"))
                        .map(user -> user.getString("user_id") + " " + user.getInt("media_count") + " "
                                + user.getInt("media_length"))
                        .toList());
    }
}
