package io.mediakeep.app.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.app.ServerInProcess;
import io.mediakeep.migrate.SampleStore;
import io.mediakeep.testing.Client;
import io.mediakeep.testing.Eventually;
import io.mediakeep.testing.TestConfig;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A server in this JVM that imports a store. */
final class ImportingServer implements AutoCloseable {
    private static final String JOBS = "/_mediakeep/admin/v1/jobs";

    private final ServerInProcess server;
    final Client alice;
    final Client admin;

    /** @param settings configuration keys in addition */
    ImportingServer(Path directory, SampleStore store, boolean link, Map<String, String> settings) throws Exception {
        Map<String, String> all = new HashMap<>(settings);
        all.put("server-name", store.serverName().value());
        all.putAll(store.configuration(link));
        server = new ServerInProcess(directory, all);
        alice = new Client(server.url(), TestConfig.ALICE);
        admin = alice.as(TestConfig.ADMIN);
    }

    /** Starts the import, and waits until it is done. */
    JsonObject imported() throws Exception {
        String id = Client.json(admin.post("/_mediakeep/admin/v1/import"))
                .getJsonObject("job")
                .getString("id");
        String path = JOBS + "/" + id;
        Eventually.holds(() -> assertThat(
                        Client.json(admin.get(path)).getJsonObject("job").getString("state"))
                .isEqualTo("done"));
        return Client.json(admin.get(path)).getJsonObject("job");
    }

    /** Waits for the import that starts by itself. */
    JsonObject importedByItself() throws Exception {
        Eventually.holds(
                () -> assertThat(job().map(job -> job.getString("state"))).contains("done"));
        return job().orElseThrow();
    }

    private Optional<JsonObject> job() throws Exception {
        return Client.json(admin.get(JOBS)).getJsonArray("jobs").getValuesAs(JsonObject.class).stream()
                .filter(job -> job.getString("kind").equals("import"))
                .findFirst();
    }

    /** What could not be had, as "mxc reason". */
    List<String> errors(JsonObject job) throws Exception {
        String path = JOBS + "/" + job.getString("id") + "/errors";
        return Client.json(admin.get(path)).getJsonArray("errors").getValuesAs(JsonObject.class).stream()
                .map(error -> error.getString("subject") + " " + error.getString("reason"))
                .toList();
    }

    HttpResponse<byte[]> download(String mxc) throws Exception {
        return alice.get(Client.download(mxc));
    }

    @Override
    public void close() {
        server.close();
    }
}
