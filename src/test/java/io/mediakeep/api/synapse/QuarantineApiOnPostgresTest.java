package io.mediakeep.api.synapse;

import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.testing.PostgresServer;
import java.nio.file.Path;

class QuarantineApiOnPostgresTest extends QuarantineApiContract {
    @Override
    protected DatabaseSettings database(Path dataDirectory) {
        return PostgresServer.freshDatabase();
    }
}
