package io.mediakeep.app;

import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.testing.PostgresServer;
import java.util.Map;

class DeletionOnPostgresTest extends DeletionContract {
    @Override
    Map<String, String> database() {
        DatabaseSettings database = PostgresServer.freshDatabase();
        return Map.of(
                "database.url",
                database.url(),
                "database.username",
                database.username().orElseThrow());
    }
}
