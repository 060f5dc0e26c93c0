package io.mediakeep.api.admin;

import static io.mediakeep.testing.Client.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.matrix.Sha256;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything that administrators change is recorded. */
class AuditOverHttpTest extends AdminContract {
    private static final long TIME = 30_000_000_000L;
    private static final String HASH = Sha256.hex("a cat");

    @ParameterizedTest
    @CsvSource({
        "POST, /_synapse/admin/v1/media/quarantine/example.org/cat, quarantine media",
        "POST, /_synapse/admin/v1/media/unquarantine/example.org/cat, unquarantine media",
        "POST, /_synapse/admin/v1/user/@bob:example.org/media/quarantine, quarantine media of user",
        "POST, /_synapse/admin/v1/media/protect/cat, protect media",
        "POST, /_synapse/admin/v1/media/unprotect/cat, unprotect media",
        "DELETE, /_synapse/admin/v1/users/@bob:example.org/media, delete media",
        "POST, /_synapse/admin/v1/media/delete?before_ts=" + TIME + ", delete media",
        "POST, /_synapse/admin/v1/media/example.org/delete?before_ts=" + TIME + ", delete media",
        "POST, /_synapse/admin/v1/purge_media_cache?before_ts=" + TIME + ", delete media",
        "POST, /_mediakeep/admin/v1/media/delete, delete media",
        "DELETE, /_mediakeep/admin/v1/media/example.org/cat, start job",
        "DELETE, /_mediakeep/admin/v1/media?kind=remote, start job",
        "POST, /_mediakeep/admin/v1/retention, start job",
        "POST, /_mediakeep/admin/v1/check, start job",
        "POST, /_mediakeep/admin/v1/blocked-hashes.txt, block hashes"
    })
    void eachChangeIsRecorded(String method, String path, String action) throws Exception {
        assertThat(send(operator, method, path).statusCode()).as(path).isIn(200, 202);
        JsonObject entry = newest().get(0);
        assertThat(entry.getString("action")).isEqualTo(action);
        assertThat(entry.getString("administrator")).isEqualTo("@operator:example.org");
    }

    @Test
    void whatEndsAChangeIsRecorded() throws Exception {
        String job = json(send(operator, "PUT", OURS + "/blocked-hashes/" + HASH + "?delete_media=true&reason=no"))
                .getJsonObject("job")
                .getString("id");
        send(operator, "POST", OURS + "/jobs/" + job + "/cancel");
        send(operator, "DELETE", OURS + "/blocked-hashes/" + HASH);
        send(operator, "DELETE", OURS + "/quarantined-hashes/" + HASH);
        assertThat(newest())
                .extracting(entry -> entry.getString("action"))
                .startsWith("unquarantine hash", "unblock hash", "cancel job", "start job", "block hash");
        assertThat(newest().get(4).getJsonObject("parameters").getString("reason"))
                .isEqualTo("no");
    }

    @Test
    void aRequestThatChangesNothingIsNotRecorded() throws Exception {
        List<JsonObject> before = newest();
        send(alice, "POST", SYNAPSE + "/media/protect/cat");
        send(operator, "POST", SYNAPSE + "/media/delete");
        HttpResponse<byte[]> invalid =
                operator.send(operator.request(OURS + "/blocked-hashes.txt").POST(BodyPublishers.ofString("cat")));
        assertThat(invalid.statusCode()).isEqualTo(400);
        assertThat(newest()).isEqualTo(before);
    }

    private List<JsonObject> newest() throws Exception {
        return object(admin, OURS + "/audit?limit=5").getJsonArray("audit").stream()
                .map(JsonValue::asJsonObject)
                .toList();
    }
}
