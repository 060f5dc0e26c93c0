package io.mediakeep.api.synapse;

import static io.mediakeep.testing.Client.error;
import static io.mediakeep.testing.Client.json;
import static io.mediakeep.testing.server.TestHomeserver.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.api.admin.AdminContract;
import io.mediakeep.matrix.Sha256;
import io.mediakeep.testing.Client;
import io.mediakeep.testing.Eventually;
import io.mediakeep.testing.TestImages;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Quarantine, protection and blocked hashes over HTTP. Each test has content of its own. */
abstract class QuarantineApiContract extends AdminContract {
    private static final String CHANGES = SYNAPSE + "/media/quarantine_changes";
    private static final String BLOCKED = OURS + "/blocked-hashes";
    private static final String QUARANTINED = OURS + "/quarantined-hashes";
    private static final String ROOM = SYNAPSE + "/room/%21room%3Aexample.org/media";
    private static final String BYPASS = "?admin_unsafely_bypass_quarantine=true";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hash(byte[] content) {
        return HexFormat.of().formatHex(Sha256.newDigest().digest(content));
    }

    private static String path(String action, String mxc) {
        return SYNAPSE + "/media/" + action + "/" + mxc.substring("mxc://".length());
    }

    private static String id(String mxc) {
        return mxc.substring(mxc.lastIndexOf('/') + 1);
    }

    private void succeeds(String method, String path) throws Exception {
        HttpResponse<byte[]> response = send(admin, method, path);
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        assertThat(json(response)).as(path).isEqualTo(JsonValue.EMPTY_JSON_OBJECT);
    }

    @Test
    void onlyAdministratorsMayCallThem() throws Exception {
        for (String path : List.of(
                "/media/quarantine/example.org/cat",
                "/media/unquarantine/example.org/cat",
                "/user/@alice:example.org/media/quarantine",
                "/media/protect/cat",
                "/media/unprotect/cat")) {
            isOnlyForAdministrators("POST", SYNAPSE + path);
        }
        isOnlyForAdministrators("GET", CHANGES);
        isOnlyForAdministrators("GET", QUARANTINED);
        isOnlyForAdministrators("DELETE", QUARANTINED + "/" + Sha256.hex("nothing"));
        isOnlyForAdministrators("GET", BLOCKED);
        isOnlyForAdministrators("PUT", BLOCKED + "/" + Sha256.hex("nothing"));
        isOnlyForAdministrators("DELETE", BLOCKED + "/" + Sha256.hex("nothing"));
        isOnlyForAdministrators("GET", BLOCKED + ".txt");
        isOnlyForAdministrators("POST", BLOCKED + ".txt");
    }

    @Test
    void quarantinedMediaIsServedToNobody() throws Exception {
        byte[] image = TestImages.png(60, 40, 7);
        String mxc = alice.mxc(image);
        String thumbnail = Client.thumbnail(mxc, "width=32&height=32&method=crop");
        assertThat(alice.get(thumbnail).statusCode()).isEqualTo(200);
        assertThat(alice.get(Client.download(mxc)).statusCode()).isEqualTo(200);

        succeeds("POST", path("quarantine", mxc));
        for (Client client : List.of(alice, bob, admin)) {
            assertThat(error(client.get(Client.download(mxc)))).isEqualTo("404 M_NOT_FOUND");
            assertThat(error(client.get(thumbnail))).isEqualTo("404 M_NOT_FOUND");
            assertThat(error(client.get(Client.legacyDownload(mxc)))).isEqualTo("404 M_NOT_FOUND");
        }
        String later = bob.mxc(image);
        assertThat(error(bob.get(Client.download(later)))).isEqualTo("404 M_NOT_FOUND");

        succeeds("POST", path("unquarantine", mxc));
        assertThat(alice.get(thumbnail).statusCode()).isEqualTo(200);
        assertThat(bob.get(Client.download(later)).body()).isEqualTo(image);
    }

    @Test
    void protectedMediaIsNotQuarantined() throws Exception {
        String safe = alice.mxc(bytes("a safe cat")), other = bob.mxc(bytes("a safe cat"));
        succeeds("POST", SYNAPSE + "/media/protect/" + id(safe));
        succeeds("POST", path("quarantine", other));
        assertThat(alice.get(Client.download(safe)).statusCode()).isEqualTo(200);
        assertThat(bob.get(Client.download(other)).statusCode()).isEqualTo(404);
        succeeds("POST", SYNAPSE + "/media/unprotect/" + id(safe));
        succeeds("POST", path("quarantine", safe));
        assertThat(alice.get(Client.download(safe)).statusCode()).isEqualTo(404);
    }

    @Test
    void whatIsNotStoredHasTheSameResponse() throws Exception {
        succeeds("POST", path("quarantine", "mxc://example.org/nothing"));
        succeeds("POST", path("quarantine", "mxc://elsewhere.org/nothing"));
        succeeds("POST", path("unquarantine", "mxc://example.org/nothing"));
        succeeds("POST", SYNAPSE + "/media/protect/nothing");
        succeeds("POST", SYNAPSE + "/media/unprotect/nothing");
    }

    @Test
    void allMediaOfAUserIsQuarantined() throws Exception {
        String first = carol.mxc(bytes("carol's first")), second = carol.mxc(bytes("carol's second"));
        String copy = bob.mxc(bytes("carol's first"));
        HttpResponse<byte[]> response =
                send(operator, "POST", SYNAPSE + "/user/%40carol%3Aexample.org/media/quarantine");
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).isEqualTo("{\"num_quarantined\":3}");
        for (String mxc : List.of(first, second, copy)) {
            assertThat(bob.get(Client.download(mxc)).statusCode()).isEqualTo(404);
        }
        assertThat(error(send(admin, "POST", SYNAPSE + "/user/carol/media/quarantine")))
                .isEqualTo("400 M_INVALID_PARAM");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/room/!room:example.org/media/quarantine", "/quarantine_media/!room:example.org"})
    void theMediaOfARoomIsQuarantined(String path) throws Exception {
        isOnlyForAdministrators("POST", SYNAPSE + path);
        byte[] content = path.getBytes(StandardCharsets.UTF_8);
        String listed = bob.mxc(content);
        String sameContent = alice.mxc(content);
        String other = bob.mxc(new byte[1]);
        homeserver.respond(ROOM, json(200, """
                {"local": ["%1$s", "%1$s", "mxc://example.org/nothing"], "remote": []}""".formatted(listed)));
        assertThat(new String(operator.post(SYNAPSE + path).body(), StandardCharsets.UTF_8))
                .isEqualTo("{\"num_quarantined\":2}");
        assertThat(error(bob.get(Client.download(listed)))).isEqualTo("404 M_NOT_FOUND");
        assertThat(error(alice.get(Client.download(sameContent)))).isEqualTo("404 M_NOT_FOUND");
        assertThat(alice.get(Client.download(other)).statusCode()).isEqualTo(200);
        assertThat(object(admin, OURS + "/audit?limit=1")
                        .getJsonArray("audit")
                        .getJsonObject(0)
                        .getString("action"))
                .isEqualTo("quarantine media of room");
        assertThat(error(admin.post(SYNAPSE + path))).isEqualTo("400 M_UNKNOWN");
    }

    @Test
    void changesAreListedOldestFirst() throws Exception {
        int start = json(admin.get(CHANGES + "?from=" + position())).getInt("next_batch");
        String mxc = alice.mxc(bytes("a listed cat"));
        send(admin, "POST", path("quarantine", mxc));
        send(admin, "POST", path("unquarantine", mxc));
        JsonObject page = json(admin.get(CHANGES + "?from=" + start));
        assertThat(page.getJsonArray("changes")).containsExactly(change(mxc, true), change(mxc, false));
        assertThat(page.getInt("next_batch")).isEqualTo(start + 2);
        JsonObject empty = json(admin.get(CHANGES + "?from=" + (start + 2)));
        assertThat(empty.getJsonArray("changes")).isEmpty();
        assertThat(empty.getInt("next_batch")).isEqualTo(start + 2);
        for (String from : List.of(String.valueOf(start + 3), "-1", "x")) {
            assertThat(error(admin.get(CHANGES + "?from=" + from))).isEqualTo("400 M_INVALID_PARAM");
        }
    }

    /** The position after all changes of other tests, read page by page. */
    private int position() throws Exception {
        int from = 0;
        JsonObject page = json(admin.get(CHANGES));
        while (!page.getJsonArray("changes").isEmpty()) {
            from = page.getInt("next_batch");
            page = json(admin.get(CHANGES + "?from=" + from));
        }
        assertThat(page.getInt("next_batch")).isPositive();
        return page.getInt("next_batch");
    }

    private static JsonObject change(String mxc, boolean quarantined) {
        return Json.createObjectBuilder()
                .add("origin", "example.org")
                .add("media_id", id(mxc))
                .add("quarantined", quarantined)
                .build();
    }

    @Test
    void administratorsMayBypassQuarantine() throws Exception {
        String mxc = alice.mxc(bytes("a watched cat"));
        send(admin, "POST", path("quarantine", mxc));
        for (String path :
                List.of(Client.download(mxc), Client.legacyDownload(mxc), Client.download(mxc) + "/cat.txt")) {
            for (Client client : List.of(admin, operator)) {
                HttpResponse<byte[]> response = client.get(path + BYPASS);
                assertThat(response.body()).asString().isEqualTo("a watched cat");
                assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
            }
            HttpResponse<byte[]> rejected = alice.get(path + BYPASS);
            assertThat(error(rejected)).isEqualTo("400 M_UNKNOWN");
            assertThat(json(rejected).getString("error")).isEqualTo("Must be a server admin to bypass quarantine");
        }
        assertThat(error(nobody.get(Client.legacyDownload(mxc) + BYPASS))).isEqualTo("400 M_UNKNOWN");
        assertThat(error(nobody.get(Client.download(mxc) + BYPASS))).isEqualTo("401 M_MISSING_TOKEN");
    }

    @Test
    void whoBypassesQuarantineIsRecorded() throws Exception {
        String mxc = alice.mxc(bytes("a recorded cat"));
        send(admin, "POST", path("quarantine", mxc));
        operator.get(Client.download(mxc) + BYPASS);
        JsonObject entry =
                object(admin, OURS + "/audit?limit=1").getJsonArray("audit").getJsonObject(0);
        assertThat(entry.getString("administrator")).isEqualTo("@operator:example.org");
        assertThat(entry.getString("action")).isEqualTo("bypass quarantine");
        assertThat(entry.getJsonObject("parameters").getString("media")).isEqualTo(mxc);
    }

    @Test
    void quarantinedContentIsListedAndReleasedByItsHashAfterItsDeletion() throws Exception {
        String hash = Sha256.hex("a deleted cat"), mxc = alice.mxc(bytes("a deleted cat"));
        send(admin, "POST", path("quarantine", mxc));
        send(admin, "DELETE", SYNAPSE + "/media/" + mxc.substring("mxc://".length()));
        String later = bob.mxc(bytes("a deleted cat"));
        assertThat(bob.get(Client.download(later)).statusCode()).isEqualTo(404);
        assertThat(object(admin, QUARANTINED).getJsonArray("quarantined_hashes"))
                .extracting(row -> row.asJsonObject().getString("sha256"))
                .contains(hash);
        HttpResponse<byte[]> released = send(admin, "DELETE", QUARANTINED + "/" + hash);
        assertThat(json(released).getInt("released")).isOne();
        assertThat(bob.get(Client.download(later)).statusCode()).isEqualTo(200);
        assertThat(object(admin, QUARANTINED).getJsonArray("quarantined_hashes"))
                .extracting(row -> row.asJsonObject().getString("sha256"))
                .doesNotContain(hash);
        assertThat(error(send(admin, "DELETE", QUARANTINED + "/cat"))).isEqualTo("400 M_INVALID_PARAM");
    }

    @Test
    void blockedContentIsRejectedUntilItIsUnblocked() throws Exception {
        String hash = Sha256.hex("a blocked cat");
        succeeds("PUT", BLOCKED + "/" + hash + "?reason=no%20cats");
        assertThat(error(alice.upload(bytes("a blocked cat"), "text/plain", "cat.txt")))
                .isEqualTo("403 M_FORBIDDEN");
        JsonObject listed =
                json(admin.get(BLOCKED)).getJsonArray("blocked_hashes").getJsonObject(0);
        assertThat(listed.getString("sha256")).isEqualTo(hash);
        assertThat(listed.getString("reason")).isEqualTo("no cats");
        assertThat(listed.getString("blocked_by")).isEqualTo("@admin:example.org");
        succeeds("DELETE", BLOCKED + "/" + hash);
        assertThat(error(send(admin, "DELETE", BLOCKED + "/" + hash))).isEqualTo("404 M_NOT_FOUND");
        assertThat(error(send(admin, "PUT", BLOCKED + "/cat"))).isEqualTo("400 M_INVALID_PARAM");
        alice.mxc(bytes("a blocked cat"));
    }

    @Test
    void contentIsBlockedAndDeletedInOneRequest() throws Exception {
        byte[] image = TestImages.png(64, 64, 11);
        String original = alice.mxc(image), quarantined = bob.mxc(image);
        byte[] thumbnail =
                alice.get(Client.thumbnail(original, "width=32&height=32")).body();
        String copy = bob.mxc(thumbnail);
        send(admin, "POST", path("quarantine", quarantined));
        send(admin, "POST", SYNAPSE + "/media/protect/" + id(copy));

        String hash = hash(thumbnail), path = BLOCKED + "/" + hash + "?delete_media=true&reason=no";
        assertThat(doneJob(send(admin, "PUT", path + "&dry_run=true")).getInt("done"))
                .isOne();
        assertThat(bob.get(Client.download(copy)).statusCode()).isEqualTo(200);
        assertThat(doneJob(send(admin, "PUT", path)).getInt("done")).isOne();
        assertThat(bob.get(Client.download(copy)).statusCode()).isEqualTo(404);
        send(admin, "POST", path("unquarantine", quarantined));
        assertThat(alice.get(Client.thumbnail(original, "width=32&height=32")).statusCode())
                .isEqualTo(404);

        assertThat(doneJob(send(admin, "PUT", BLOCKED + "/" + hash(image) + "?delete_media=true"))
                        .getInt("done"))
                .isEqualTo(2);
        assertThat(error(bob.upload(image, "image/png", "cat.png"))).isEqualTo("403 M_FORBIDDEN");
        assertThat(error(send(admin, "PUT", BLOCKED + "/" + hash + "?delete_media=perhaps")))
                .isEqualTo("400 M_INVALID_PARAM");
        send(admin, "DELETE", BLOCKED + "/" + hash);
        send(admin, "DELETE", BLOCKED + "/" + hash(image));
    }

    private JsonObject doneJob(HttpResponse<byte[]> started) throws Exception {
        assertThat(started.statusCode()).isEqualTo(202);
        String path = OURS + "/jobs/" + json(started).getJsonObject("job").getString("id");
        Eventually.holds(
                () -> assertThat(object(admin, path).getJsonObject("job").getString("state"))
                        .isEqualTo("done"));
        return object(admin, path).getJsonObject("job");
    }

    @Test
    void blockedHashesAreImportedAndExportedAsText() throws Exception {
        String first = Sha256.hex("an imported cat"), second = Sha256.hex("an imported dog");
        String text = "# a list\n\n" + first.toUpperCase(Locale.ROOT) + "  no cats\r\n" + second + "\n";
        HttpResponse<byte[]> imported =
                admin.send(admin.request(BLOCKED + ".txt").POST(BodyPublishers.ofString(text)));
        assertThat(json(imported).getInt("blocked")).isEqualTo(2);
        assertThat(error(alice.upload(bytes("an imported dog"), "text/plain", "dog.txt")))
                .isEqualTo("403 M_FORBIDDEN");
        assertThat(new String(admin.get(BLOCKED + ".txt").body(), StandardCharsets.UTF_8))
                .contains(first + " no cats\n")
                .contains(second + "\n");
        HttpResponse<byte[]> invalid =
                admin.send(admin.request(BLOCKED + ".txt").POST(BodyPublishers.ofString(first + "\nno hash")));
        assertThat(error(invalid)).isEqualTo("400 M_UNKNOWN");
        assertThat(json(invalid).getString("error")).startsWith("Line 2");
        send(admin, "DELETE", BLOCKED + "/" + first);
        send(admin, "DELETE", BLOCKED + "/" + second);
    }
}
