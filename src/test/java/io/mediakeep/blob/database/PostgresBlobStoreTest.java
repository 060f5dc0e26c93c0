package io.mediakeep.blob.database;

import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.testing.PostgresServer;
import java.nio.file.Path;

class PostgresBlobStoreTest extends DatabaseBlobStoreContract {
    @Override
    DatabaseSettings settings(Path directory) {
        return PostgresServer.freshDatabase();
    }
}
