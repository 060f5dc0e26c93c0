package io.mediakeep.app.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.app.ServerInProcess;
import io.mediakeep.migrate.SampleStore;
import io.mediakeep.migrate.source.SourceSettings;
import io.mediakeep.persistence.DatabaseSettings;
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

    /** @param database of the server; embedded without */
    ImportingServer(Path directory, SampleStore store, boolean link, Optional<DatabaseSettings> database)
            throws Exception {
        SourceSettings source = store.settings(link);
        Map<String, String> settings = new HashMap<>(Map.of(
                "server-name", store.serverName().value(),
                "import.sources[0].kind", source.kind().text(),
                "import.sources[0].database", source.database(),
                "import.sources[0].media-store", source.mediaStore().toString(),
                "import.sources[0].link", String.valueOf(link)));
        database.ifPresent(shared -> {
            settings.put("database.url", shared.url());
            settings.put("database.username", shared.username().orElseThrow());
        });
        server = new ServerInProcess(directory, settings);
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
