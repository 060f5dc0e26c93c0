package io.mediakeep.media;

import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.testing.PostgresServer;
import java.io.IOException;

class KillOnPostgresIT extends KillContract {
    @Override
    DatabaseSettings database() throws IOException {
        return PostgresServer.freshDatabase();
    }
}
