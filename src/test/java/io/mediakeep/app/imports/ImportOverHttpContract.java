package io.mediakeep.app.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.matrix.Sha256;
import io.mediakeep.migrate.SampleStore;
import io.mediakeep.testing.Client;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The small stores of other servers, served and imported over HTTP. */
abstract class ImportOverHttpContract {
    @TempDir
    Path directory;

    /** The configuration of the database and the blob store of a new server. */
    abstract Map<String, String> settings();

    /** The stores to import. */
    abstract List<SampleStore> stores() throws Exception;

    @Test
    void everyItemIsServedBeforeWhileAndAfterTheImport() throws Exception {
        for (SampleStore store : stores()) {
            Path data = Files.createTempDirectory(directory, "server");
            try (ImportingServer server = new ImportingServer(data, store, true, settings())) {
                expectAll(store, server);
                JsonObject job = server.imported();
                assertThat(server.errors(job)).isEmpty();
                assertThat(job.getInt("done"))
                        .isGreaterThanOrEqualTo(store.items().size()); // mmr has a thumbnail, too
                Files.move(store.files(), store.files().resolveSibling("away"));
                expectAll(store, server);
                expectUsage(store, server);
                expectProtection(store, server);
            }
        }
    }

    private static void expectAll(SampleStore store, ImportingServer server) throws Exception {
        for (JsonObject item : store.items()) {
            String mxc = item.getString("mxc");
            HttpResponse<byte[]> response = server.download(mxc);
            assertThat(response.statusCode()).as(mxc).isEqualTo(item.getInt("status"));
            assertThat(server.alice.as("").get(Client.legacyDownload(mxc)).statusCode())
                    .isEqualTo(item.getInt("unauthenticated"));
            if (response.statusCode() == 200) {
                expect(item, response);
            }
        }
        String cat = store.items().get(0).getString("mxc");
        HttpResponse<byte[]> range =
                server.alice.send(server.alice.request(Client.download(cat)).header("Range", "bytes=1-3"));
        assertThat(range.statusCode()).isEqualTo(206);
        assertThat(range.body()).isEqualTo(new byte[] {'P', 'N', 'G'});
        assertThat(server.alice
                        .get(Client.thumbnail(cat, "width=32&height=32&method=crop"))
                        .statusCode())
                .isEqualTo(200);
    }

    private static void expect(JsonObject item, HttpResponse<byte[]> response) {
        String hash = HexFormat.of().formatHex(Sha256.newDigest().digest(response.body()));
        assertThat(hash).isEqualTo(item.getString("sha256"));
        assertThat(response.headers().firstValue("ETag").orElse("")).contains(hash);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith(item.getString("type"));
        String name = item.getString("name");
        if (name.chars().allMatch(character -> character > ' ' && character < 127)) {
            assertThat(response.headers().firstValue("Content-Disposition").orElse(""))
                    .contains(name);
        }
    }

    private static void expectUsage(SampleStore store, ImportingServer server) throws Exception {
        String user = store.items().get(0).getString("uploader");
        List<JsonObject> uploads = store.items().stream()
                .filter(item -> item.getString("uploader").equals(user))
                .toList();
        JsonObject statistics = Client.json(server.admin.get("/_synapse/admin/v1/statistics/users/media"))
                .getJsonArray("users")
                .getValuesAs(JsonObject.class)
                .stream()
                .filter(one -> one.getString("user_id").equals(user))
                .findFirst()
                .orElseThrow();
        assertThat(statistics.getInt("media_count")).isEqualTo(uploads.size());
        assertThat(statistics.getInt("media_length"))
                .isEqualTo(
                        uploads.stream().mapToInt(item -> item.getInt("size")).sum());
    }

    /** Quarantines all media of the user. */
    private static void expectProtection(SampleStore store, ImportingServer server) throws Exception {
        String user = store.items().get(0).getString("uploader");
        server.admin.post("/_synapse/admin/v1/user/" + user + "/media/quarantine");
        for (JsonObject item : store.items()) {
            if (item.getString("uploader").equals(user)) {
                String mxc = item.getString("mxc");
                int expected = store.protectedItem().filter(mxc::equals).isPresent() ? 200 : 404;
                assertThat(server.download(mxc).statusCode()).as(mxc).isEqualTo(expected);
            }
        }
    }
}
