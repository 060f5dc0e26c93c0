package io.mediakeep.app;

import static io.mediakeep.testing.Client.error;
import static io.mediakeep.testing.Client.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.Client;
import io.mediakeep.testing.Eventually;
import io.mediakeep.testing.TestConfig;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deletion by administrators over HTTP: Synapse's endpoints, and our jobs. */
abstract class DeletionContract {
    private static final String SYNAPSE = "/_synapse/admin/v1", OURS = "/_mediakeep/admin/v1";
    private static final long TOMORROW = Instant.now().plus(Duration.ofDays(1)).toEpochMilli();

    private ServerInProcess server;
    private Client alice;
    private Client admin;

    /** The settings of the database, by configuration keys. */
    abstract Map<String, String> database();

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        server = new ServerInProcess(directory, database());
        alice = new Client(server.url(), TestConfig.ALICE);
        admin = alice.as(TestConfig.ADMIN);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String upload(Client user, int size, String type) throws Exception {
        return json(user.upload(new byte[size], type, "a.txt")).getString("content_uri");
    }

    private HttpResponse<byte[]> delete(Client client, String path) throws Exception {
        return client.send(client.request(path).DELETE());
    }

    private static String id(String mxc) {
        return mxc.substring("mxc://example.org/".length());
    }

    private static List<String> deleted(HttpResponse<byte[]> response) {
        return json(response).getJsonArray("deleted_media").getValuesAs(JsonString::getString);
    }

    private int status(String mxc) throws Exception {
        return alice.get(Client.download(mxc)).statusCode();
    }

    @Test
    void synapsesDeletionByIdRemovesLocalMedia() throws Exception {
        String mxc = upload(alice, 10, "text/plain");
        assertThat(status(mxc)).isEqualTo(200);
        String path = SYNAPSE + "/media/example.org/" + id(mxc);
        assertThat(error(delete(alice, path))).isEqualTo("403 M_FORBIDDEN");
        assertThat(error(delete(alice.as(""), path))).isEqualTo("401 M_MISSING_TOKEN");
        HttpResponse<byte[]> response = delete(admin, path);
        assertThat(deleted(response)).containsExactly(id(mxc));
        assertThat(json(response).getInt("total")).isEqualTo(1);
        assertThat(status(mxc)).isEqualTo(404);
        assertThat(error(delete(admin, path))).isEqualTo("404 M_NOT_FOUND");
        assertThat(error(delete(admin, SYNAPSE + "/media/other.example/cat"))).isEqualTo("400 M_UNKNOWN");
    }

    @Test
    void synapsesDeletionOfAUsersMediaTakesThePageThatIsListed() throws Exception {
        String small = upload(alice, 10, "image/png");
        String large = upload(alice, 20, "text/plain");
        String path = SYNAPSE + "/users/@alice:example.org/media";
        assertThat(error(delete(alice, path))).isEqualTo("403 M_FORBIDDEN");
        assertThat(error(delete(admin, path + "?order_by=colour"))).isEqualTo("400 M_INVALID_PARAM");
        assertThat(error(delete(admin, SYNAPSE + "/users/@alice:other.example/media")))
                .isEqualTo("400 M_UNKNOWN");
        assertThat(deleted(delete(admin, path + "?order_by=media_length&dir=b&limit=1")))
                .containsExactly(id(large));
        assertThat(deleted(delete(admin, path))).containsExactly(id(small));
        assertThat(json(delete(admin, path)).getInt("total")).isZero();
    }

    @Test
    void synapsesDeletionByTimeSkipsWhatIsSmallAndImagesOfUnknownProfiles() throws Exception {
        String small = upload(alice, 10, "text/plain");
        String image = upload(alice, 30, "image/png");
        String large = upload(alice, 20, "text/plain");
        String selection = "?before_ts=" + TOMORROW + "&size_gt=10";
        HttpResponse<byte[]> response = admin.post(SYNAPSE + "/media/delete" + selection);
        assertThat(deleted(response)).containsExactly(id(large));
        response = admin.post(SYNAPSE + "/media/example.org/delete" + selection + "&keep_profiles=false");
        assertThat(deleted(response)).containsExactly(id(image));
        assertThat(status(small)).isEqualTo(200);
        assertThat(error(admin.post(SYNAPSE + "/media/other.example/delete" + selection)))
                .isEqualTo("400 M_UNKNOWN");
        response = admin.post(SYNAPSE + "/purge_media_cache?before_ts=" + TOMORROW);
        assertThat(json(response).getInt("deleted")).isZero();
    }

    @Test
    void synapsesDeletionByTimeChecksTheTime() throws Exception {
        for (String path : List.of("/media/delete", "/media/example.org/delete", "/purge_media_cache")) {
            assertThat(error(admin.post(SYNAPSE + path))).isEqualTo("400 M_MISSING_PARAM");
            assertThat(error(admin.post(SYNAPSE + path + "?before_ts=-1"))).isEqualTo("400 M_INVALID_PARAM");
            assertThat(error(admin.post(SYNAPSE + path + "?before_ts=1767225600")))
                    .isEqualTo("400 M_INVALID_PARAM");
            assertThat(error(alice.post(SYNAPSE + path + "?before_ts=" + TOMORROW)))
                    .isEqualTo("403 M_FORBIDDEN");
        }
    }

    @Test
    void ourDeletionIsAJobThatCountsOnlyOnTrial() throws Exception {
        String first = upload(alice, 10, "image/png"), second = upload(alice, 20, "text/plain");
        String bobs = upload(alice.as(TestConfig.BOB), 20, "text/plain");
        String path = OURS + "/media?uploader=@alice:example.org";
        assertThat(ended(delete(admin, path + "&dry_run=true")).getInt("done")).isEqualTo(2);
        assertThat(status(first)).isEqualTo(200);
        JsonObject job = ended(delete(admin, path));
        assertThat(job.getString("state")).isEqualTo("done");
        assertThat(job.getInt("done")).isEqualTo(2);
        assertThat(job.getInt("total")).isEqualTo(2);
        assertThat(job.getInt("bytes")).isEqualTo(30);
        assertThat(job.getString("administrator")).isEqualTo("@admin:example.org");
        assertThat(status(first)).isEqualTo(404);
        assertThat(status(second)).isEqualTo(404);
        assertThat(status(bobs)).isEqualTo(200);
        assertThat(ended(delete(admin, OURS + "/media/example.org/" + id(bobs))).getInt("done"))
                .isEqualTo(1);
        assertThat(status(bobs)).isEqualTo(404);
    }

    @Test
    void jobsAreListedInPagesAndCancelled() throws Exception {
        String first = ended(delete(admin, OURS + "/media?kind=remote")).getString("id");
        String second = ended(admin.post(OURS + "/retention?dry_run=true")).getString("id");
        JsonObject page = json(admin.get(OURS + "/jobs?limit=1"));
        assertThat(idOf(page)).isEqualTo(second);
        page = json(admin.get(OURS + "/jobs?limit=1&from=" + page.getString("next")));
        assertThat(idOf(page)).isEqualTo(first);
        HttpResponse<byte[]> cancelled = admin.post(OURS + "/jobs/" + first + "/cancel");
        assertThat(cancelled.statusCode()).isEqualTo(202);
        assertThat(json(cancelled).getJsonObject("job").getString("state")).isEqualTo("done");
        assertThat(json(admin.get(OURS + "/jobs/" + first + "/errors")).getInt("total"))
                .isZero();
        assertThat(error(admin.get(OURS + "/jobs/999999"))).isEqualTo("404 M_NOT_FOUND");
        assertThat(error(admin.get(OURS + "/jobs/one"))).isEqualTo("404 M_NOT_FOUND");
        assertThat(error(admin.get(OURS + "/jobs?from=nonsense"))).isEqualTo("400 M_INVALID_PARAM");
        assertThat(error(alice.get(OURS + "/jobs"))).isEqualTo("403 M_FORBIDDEN");
    }

    private static String idOf(JsonObject page) {
        return page.getJsonArray("jobs").getJsonObject(0).getString("id");
    }

    @Test
    void mediaOfAListIsDeleted() throws Exception {
        String first = upload(alice, 10, "image/png"), second = upload(alice, 20, "text/plain");
        String kept = upload(alice, 30, "text/plain");
        String list = first + "\n\n" + second + "\r\n" + second + "\nmxc://other.example/unknown\n";
        assertThat(deleted(deleteList(admin, "?dry_run=true", list))).containsExactly(first, second);
        assertThat(status(first)).isEqualTo(200);
        assertThat(deleted(deleteList(admin, "", list))).containsExactlyInAnyOrder(first, second);
        assertThat(status(first)).isEqualTo(404);
        assertThat(status(second)).isEqualTo(404);
        assertThat(status(kept)).isEqualTo(200);
        assertThat(json(deleteList(admin, "", list)).getInt("total")).isZero();
        assertThat(error(deleteList(admin, "", "cat"))).isEqualTo("400 M_UNKNOWN");
        assertThat(error(deleteList(alice, "", list))).isEqualTo("403 M_FORBIDDEN");
    }

    private HttpResponse<byte[]> deleteList(Client client, String query, String list) throws Exception {
        return client.send(client.request(OURS + "/media/delete" + query).POST(BodyPublishers.ofString(list)));
    }

    @Test
    void aJobSaysHowOftenItsErrorsHaveWhichReason() throws Exception {
        upload(alice, 10, "image/png");
        upload(alice, 11, "image/png");
        JsonObject job = ended(delete(admin, OURS + "/media?kind=local"));
        assertThat(job.getInt("error_count")).isEqualTo(2);
        JsonObject reason = job.getJsonArray("error_reasons").getJsonObject(0);
        assertThat(reason.getInt("count")).isEqualTo(2);
        assertThat(reason.getString("reason")).contains("avatar");
    }

    @Test
    void aDeletionWithoutOrWithWrongCriteriaIsRejected() throws Exception {
        assertThat(error(delete(admin, OURS + "/media"))).isEqualTo("400 M_MISSING_PARAM");
        assertThat(error(delete(alice, OURS + "/media?kind=local"))).isEqualTo("403 M_FORBIDDEN");
        for (String criterion : List.of(
                "kind=some",
                "uploader=alice",
                "origin=a/b",
                "hash=ab",
                "accessed_before_ts=soon",
                "quarantined=maybe")) {
            assertThat(error(delete(admin, OURS + "/media?" + criterion)))
                    .as(criterion)
                    .isEqualTo("400 M_INVALID_PARAM");
        }
    }

    /** The job when it is over. */
    private JsonObject ended(HttpResponse<byte[]> started) throws Exception {
        assertThat(started.statusCode()).isEqualTo(202);
        String path = OURS + "/jobs/" + json(started).getJsonObject("job").getString("id");
        Eventually.holds(() -> assertThat(job(path).getString("state")).isEqualTo("done"));
        return job(path);
    }

    private JsonObject job(String path) throws Exception {
        return json(admin.get(path)).getJsonObject("job");
    }
}
