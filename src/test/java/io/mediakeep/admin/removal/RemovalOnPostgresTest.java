package io.mediakeep.admin.removal;

import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.testing.PostgresServer;
import java.nio.file.Path;

class RemovalOnPostgresTest extends RemovalContract {
    @Override
    DatabaseSettings settings(Path directory) {
        return PostgresServer.freshDatabase();
    }
}
