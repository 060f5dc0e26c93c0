package io.mediakeep.migrate.export;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Where rows for Synapse are written. A row that exists takes over the quarantine only. */
public sealed interface SynapseRows extends Closeable permits SynapseDatabase, SynapseSql {

    /**
     * Its database.
     *
     * @param url a JDBC URL of PostgreSQL or SQLite
     */
    static SynapseRows database(String url) throws IOException {
        return new SynapseDatabase(url);
    }

    /** A new file of SQL for both databases. */
    static SynapseRows sql(Path file) throws IOException {
        return new SynapseSql(file);
    }

    /** Writes rows whose files are complete; in a database they are committed on return. */
    void write(List<SynapseRow> rows) throws IOException;
}
