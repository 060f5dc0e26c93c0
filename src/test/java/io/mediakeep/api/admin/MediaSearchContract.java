package io.mediakeep.api.admin;

import static io.mediakeep.testing.Client.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.StoredData;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The search, the usage and the audit over HTTP, with rows of every kind. */
abstract class MediaSearchContract extends AdminContract {
    private static final String A = "a".repeat(64);
    private static final String B = "b".repeat(64);
    private static final String C = "c".repeat(64);

    /** Two local media and a remote one with the same content, a quarantined remote one, an image of a preview, a thumbnail. */
    @BeforeAll
    void insertRows() throws Exception {
        StoredData.execute(
                database,
                blob(A, 100),
                blob(B, 20),
                blob(C, 3),
                media("example.org", "one", "'@alice:example.org'", "image/png", A, 100, 1000, false, null, null),
                media("example.org", "two", "'@bob:example.org'", "image/PNG", A, 100, 2000, false, null, null),
                media("other.example", "one", "null", "image/png", A, 100, 2000, true, null, null),
                media("other.example", "bad", "null", "video/mp4", B, 20, 3000, true, "'@admin:example.org'", null),
                media("example.org", "page", "null", "text/x_y", C, 3, 4000, false, null, "9999999999999"),
                "update media set safe_from_quarantine = true where media_id = 'two'",
                "insert into stored_blob (hash, location, size, created_at) values ('" + "d".repeat(64) + "', '"
                        + "d".repeat(64) + "', 5, 1)",
                "insert into thumbnail (origin, media_id, width, height, method, animated, content_type, size, blob_hash,"
                        + " created_at, last_used_at) values ('example.org', 'one', 32, 32, 'crop', false, 'image/png', 5, '"
                        + "d".repeat(64) + "', 1, 1)");
    }

    private static String blob(String hash, int size) {
        return "insert into stored_blob (hash, location, size, created_at) values ('%1$s', '%1$s', %2$d, 1)"
                .formatted(hash, size);
    }

    private static String media(
            String origin,
            String id,
            String uploader,
            String type,
            String hash,
            int size,
            long time,
            boolean remote,
            String quarantinedBy,
            String expiresAt) {
        return ("insert into media (origin, media_id, uploader, content_type, blob_hash, size, created_at, last_access_at,"
                        + " authenticated_only, remote, quarantined, quarantined_by, expires_at)"
                        + " values ('%s', '%s', %s, '%s', '%s', %d, %d, %d, false, %b, %b, %s, %s)")
                .formatted(
                        origin,
                        id,
                        uploader,
                        type,
                        hash,
                        size,
                        time,
                        10_000 - time,
                        remote,
                        quarantinedBy != null,
                        quarantinedBy,
                        expiresAt);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/media", "/media/totals", "/usage", "/usage/by-user", "/usage/by-age", "/audit"})
    void onlyAdministratorsRead(String path) throws Exception {
        isOnlyForAdministrators("GET", OURS + path);
    }

    @ParameterizedTest
    @CsvSource({
        "'', example.org/page other.example/bad other.example/one example.org/two example.org/one",
        "dir=f, example.org/one example.org/two other.example/one other.example/bad example.org/page",
        "order_by=last_access_ts, example.org/one other.example/one example.org/two other.example/bad example.org/page",
        "order_by=size&dir=f, example.org/page other.example/bad example.org/one example.org/two other.example/one",
        "kind=local, example.org/two example.org/one",
        "kind=remote, other.example/bad other.example/one",
        "kind=preview, example.org/page",
        "origin=other.example, other.example/bad other.example/one",
        "uploader=@bob:example.org, example.org/two",
        "type=image/*&dir=f, example.org/one example.org/two other.example/one",
        "type=*, example.org/page other.example/bad other.example/one example.org/two example.org/one",
        "type=video/mp?, other.example/bad",
        "type=image/___, ''",
        "type=text/x_y, example.org/page",
        "type=text/x%25, ''",
        "type=!, ''",
        "quarantined=true, other.example/bad",
        "quarantined=false&kind=remote, other.example/one",
        "protected=true, example.org/two",
        "size_from=20&size_below=100, other.example/bad",
        "created_from_ts=2000&created_before_ts=3000, other.example/one example.org/two",
        "accessed_from_ts=6000&accessed_before_ts=7000, example.org/page",
        "hash=BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB, other.example/bad",
        "limit=0, ''"
    })
    void mediaIsFound(String query, String expected) throws Exception {
        assertThat(uris(object(admin, OURS + "/media?" + query))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"order_by=created_ts", "order_by=last_access_ts", "order_by=size", "order_by=size&dir=f"})
    void pagesFollowEachOther(String query) throws Exception {
        List<String> found = new ArrayList<>();
        String from = "";
        do {
            JsonObject page = object(admin, OURS + "/media?limit=2&" + query + "&from=" + from);
            found.add(uris(page));
            from = page.getString("next", "");
        } while (!from.isEmpty());
        assertThat(String.join(" ", found)).isEqualTo(uris(object(admin, OURS + "/media?" + query)));
        assertThat(found).hasSize(3);
    }

    @Test
    void mediaIsDescribed() throws Exception {
        assertThat(object(admin, OURS + "/media?quarantined=true").getJsonArray("media"))
                .hasToString(
                        ("[{\"mxc\":\"mxc://other.example/bad\",\"kind\":\"remote\",\"content_type\":\"video/mp4\","
                                        + "\"size\":20,\"hash\":\"%s\",\"created_ts\":3000,\"last_access_ts\":7000,"
                                        + "\"authenticated\":false,\"protected\":false,\"quarantined_by\":\"@admin:example.org\"}]")
                                .formatted(B));
    }

    @Test
    void totalsCountContentOnce() throws Exception {
        assertThat(object(admin, OURS + "/media/totals"))
                .hasToString("{\"files\":5,\"bytes\":323,\"stored_bytes\":123}");
        assertThat(object(admin, OURS + "/media/totals?type=image/*"))
                .hasToString("{\"files\":3,\"bytes\":300,\"stored_bytes\":100}");
        assertThat(object(admin, OURS + "/media/totals?origin=nowhere.example"))
                .hasToString("{\"files\":0,\"bytes\":0,\"stored_bytes\":0}");
    }

    @Test
    void usageIsAddedUp() throws Exception {
        assertThat(object(admin, OURS + "/usage"))
                .hasToString("{\"local\":{\"files\":2,\"bytes\":200},\"remote\":{\"files\":2,\"bytes\":120},"
                        + "\"previews\":{\"files\":1,\"bytes\":3},\"thumbnails\":{\"files\":1,\"bytes\":5},"
                        + "\"stored\":{\"blobs\":4,\"bytes\":128},\"saved_by_deduplication\":{\"bytes\":200},"
                        + "\"reclaimable\":{\"remote\":{\"blobs\":1,\"bytes\":20},\"previews\":{\"blobs\":1,\"bytes\":3},"
                        + "\"thumbnails\":{\"blobs\":1,\"bytes\":5},\"quarantined\":{\"blobs\":1,\"bytes\":20},"
                        + "\"removal_candidates\":{\"blobs\":0,\"bytes\":0}}}");
    }

    @Test
    void usageIsGrouped() throws Exception {
        assertThat(object(admin, OURS + "/usage/by-user"))
                .hasToString("{\"usage\":[{\"files\":1,\"bytes\":100,\"user\":\"@alice:example.org\"},"
                        + "{\"files\":1,\"bytes\":100,\"user\":\"@bob:example.org\"}]}");
        assertThat(object(admin, OURS + "/usage/by-origin?limit=1"))
                .hasToString("{\"usage\":[{\"files\":3,\"bytes\":203,\"origin\":\"example.org\"}]}");
        assertThat(object(admin, OURS + "/usage/by-type").getJsonArray("usage").get(0))
                .hasToString("{\"files\":2,\"bytes\":200,\"type\":\"image/png\"}");
        assertThat(object(admin, OURS + "/usage/by-age").getJsonArray("usage"))
                .hasToString("[{\"files\":0,\"bytes\":0,\"accessed_within_days\":7},"
                        + "{\"files\":0,\"bytes\":0,\"accessed_within_days\":30},"
                        + "{\"files\":0,\"bytes\":0,\"accessed_within_days\":90},"
                        + "{\"files\":0,\"bytes\":0,\"accessed_within_days\":365},{\"files\":5,\"bytes\":323}]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "order_by=bytes",
                "dir=up",
                "limit=-1",
                "limit=x",
                "from=x",
                "from=!",
                "from=eA",
                "from=eAp5Cno",
                "kind=all",
                "quarantined=1",
                "protected=yes",
                "size_from=-1",
                "size_below=1KiB",
                "created_from_ts=now",
                "accessed_before_ts=-5",
                "hash=abc"
            })
    void wrongParametersAreRejected(String query) throws Exception {
        assertThat(error(admin.get(OURS + "/media?" + query))).isEqualTo("400 M_INVALID_PARAM");
    }

    @Test
    void whatIsNotThereIsUnrecognized() throws Exception {
        assertThat(error(admin.get(OURS + "/usage/by-cat"))).isEqualTo("404 M_UNRECOGNIZED");
    }

    @Test
    void theAuditIsPaged() throws Exception {
        StoredData.execute(
                database,
                audit("first", "{\"media\":\"mxc://example.org/one\"}", "{}"),
                audit("second", "{}", "{\"deleted\":2}"));
        JsonObject newest = object(admin, OURS + "/audit?limit=1");
        assertThat(newest.getJsonArray("audit"))
                .hasToString("[{\"recorded_ts\":5,\"administrator\":\"@admin:example.org\",\"action\":\"second\","
                        + "\"parameters\":{},\"counts\":{\"deleted\":2}}]");
        JsonObject older = object(admin, OURS + "/audit?from=" + newest.getString("next"));
        assertThat(older.getJsonArray("audit").getJsonObject(0).getJsonObject("parameters"))
                .hasToString("{\"media\":\"mxc://example.org/one\"}");
        assertThat(older).doesNotContainKey("next");
        assertThat(error(admin.get(OURS + "/audit?from=eA"))).isEqualTo("400 M_INVALID_PARAM");
        assertThat(error(admin.get(OURS + "/audit?limit=-1"))).isEqualTo("400 M_INVALID_PARAM");
    }

    private static String audit(String action, String parameters, String counts) {
        return "insert into audit (recorded_at, administrator, action, parameters, counts) values (5,"
                + " '@admin:example.org', '" + action + "', '" + parameters + "', '" + counts + "')";
    }

    private static String uris(JsonObject list) {
        return list.getJsonArray("media").stream()
                .map(media -> media.asJsonObject().getString("mxc").substring("mxc://".length()))
                .collect(Collectors.joining(" "));
    }
}
