package io.mediakeep.blob.database;

import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.testing.H2Database;
import java.nio.file.Path;

class H2BlobStoreTest extends DatabaseBlobStoreContract {
    @Override
    DatabaseSettings settings(Path directory) {
        return H2Database.in(directory);
    }
}
