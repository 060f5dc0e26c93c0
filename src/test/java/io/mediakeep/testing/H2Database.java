package io.mediakeep.testing;

import io.mediakeep.persistence.DatabaseSettings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/** The settings of embedded databases. */
public final class H2Database {
    private static final int CONNECTIONS = 10;

    private H2Database() {}

    /** A new database in memory, which exists until the JVM ends. */
    public static DatabaseSettings inMemory() {
        return of("mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    }

    /** The database in a directory. */
    public static DatabaseSettings in(Path directory) {
        return of("file:" + directory.resolve("mediakeep").toAbsolutePath());
    }

    private static DatabaseSettings of(String name) {
        return new DatabaseSettings("jdbc:h2:" + name, Optional.empty(), Optional.empty(), CONNECTIONS);
    }
}
