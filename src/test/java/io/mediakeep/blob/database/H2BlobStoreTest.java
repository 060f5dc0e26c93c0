package io.mediakeep.blob.database;

import io.mediakeep.blob.SpoolDirectory;
import io.mediakeep.persistence.Database;
import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.persistence.Transactions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
class H2BlobStoreTest implements DatabaseBlobStoreContract {
    private Database database;
    private SpoolDirectory spools;

    @BeforeAll
    void open(@TempDir Path directory) throws IOException {
        String url = "jdbc:h2:file:" + directory.resolve("database");
        database = Database.open(new DatabaseSettings(url, Optional.empty(), Optional.empty(), 8));
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
