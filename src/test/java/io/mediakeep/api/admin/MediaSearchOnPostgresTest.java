package io.mediakeep.api.admin;

import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.testing.PostgresServer;
import java.nio.file.Path;

class MediaSearchOnPostgresTest extends MediaSearchContract {
    @Override
    protected DatabaseSettings database(Path dataDirectory) {
        return PostgresServer.freshDatabase();
    }
}
