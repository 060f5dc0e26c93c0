package io.mediakeep.preview;

import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.testing.PostgresServer;
import java.nio.file.Path;

class PreviewCatalogOnPostgresTest extends PreviewCatalogContract {
    @Override
    DatabaseSettings database(Path directory) {
        return PostgresServer.freshDatabase();
    }
}
