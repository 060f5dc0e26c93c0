package io.mediakeep.jobs;

import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.testing.PostgresServer;

class JobsOnPostgresTest extends JobsContract {
    @Override
    DatabaseSettings settings() {
        return PostgresServer.freshDatabase();
    }
}
