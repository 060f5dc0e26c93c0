package io.mediakeep.blob.database;

import io.mediakeep.blob.SpoolDirectory;
import io.mediakeep.persistence.Database;
import io.mediakeep.persistence.Transactions;
import io.mediakeep.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
class PostgresBlobStoreTest implements DatabaseBlobStoreContract {
    private Database database;
    private SpoolDirectory spools;

    @BeforeAll
    void open(@TempDir Path directory) throws IOException {
        database = Database.open(PostgresServer.freshDatabase());
        spools = SpoolDirectory.open(directory.resolve("spool"));
    }

    @AfterAll
    void close() throws IOException {
        spools.close();
        database.close();
    }

    @Override
    public Transactions transactions() {
        return database.transactions();
    }

    @Override
    public SpoolDirectory spools() {
        return spools;
    }
}
