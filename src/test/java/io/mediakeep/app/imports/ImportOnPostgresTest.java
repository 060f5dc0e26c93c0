package io.mediakeep.app.imports;

import io.mediakeep.migrate.SampleStore;
import io.mediakeep.migrate.source.SourceSettings;
import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.testing.PostgresServer;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

class ImportOnPostgresTest extends ImportOverHttpContract {
    @Override
    Map<String, String> settings() {
        DatabaseSettings database = PostgresServer.freshDatabase();
        return Map.of(
                "database.url",
                database.url(),
                "database.username",
                database.username().orElseThrow());
    }

    @Override
    List<SampleStore> stores() throws Exception {
        return List.of(
                SampleStore.onPostgres(
                        SourceSettings.Kind.SYNAPSE, Files.createDirectory(directory.resolve("synapse"))),
                SampleStore.onPostgres(SourceSettings.Kind.MMR, Files.createDirectory(directory.resolve("mmr"))));
    }
}
