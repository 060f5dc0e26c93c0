package io.mediakeep.migrate;

import io.mediakeep.matrix.ServerName;
import io.mediakeep.migrate.source.SourceSettings;
import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.testing.PostgresServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A small media store that a server has written, in {@code src/test/resources/stores}, copied for a test. */
public final class SampleStore {
    private final SourceSettings.Kind kind;
    private final Path directory;
    private final String url;

    private SampleStore(SourceSettings.Kind kind, Path directory, String url) {
        this.kind = kind;
        this.directory = directory;
        this.url = url;
    }

    /** With a new SQLite file in the directory. */
    public static SampleStore onSqlite(SourceSettings.Kind kind, Path directory) throws IOException, SQLException {
        return new SampleStore(kind, directory, "jdbc:sqlite:" + directory.resolve("store.db")).create();
    }

    /** With a new database of PostgreSQL. */
    public static SampleStore onPostgres(SourceSettings.Kind kind, Path directory) throws IOException, SQLException {
        DatabaseSettings fresh = PostgresServer.emptyDatabase();
        String separator = fresh.url().contains("?") ? "&" : "?";
        String url = fresh.url().contains("user=")
                ? fresh.url()
                : fresh.url() + separator + "user=" + fresh.username().orElseThrow();
        return new SampleStore(kind, directory, url).create();
    }

    private SampleStore create() throws IOException, SQLException {
        Path original = original();
        try (Stream<Path> files = Files.walk(original.resolve("files"))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path copy = files().resolve(original.resolve("files").relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
        execute(Files.readString(original.resolve("rows.sql"))
                .replaceFirst("--.*\n", "")
                .split(";\n"));
        return this;
    }

    private Path original() {
        return Path.of("src/test/resources/stores", kind.text());
    }

    /** Changes the rows. */
    public void execute(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String sql : statements) {
                statement.execute(sql);
            }
            connection.commit();
        }
    }

    /** The URL of the database. */
    public String url() {
        return url;
    }

    /** The directory of the files. */
    public Path files() {
        return directory.resolve("files");
    }

    /** The server that has written it. */
    public ServerName serverName() {
        return new ServerName(kind == SourceSettings.Kind.SYNAPSE ? "c.mk.test:22301" : "localhost");
    }

    /** The source, with remote media and without links. */
    public SourceSettings settings() {
        return settings(false);
    }

    /** The source, with remote media. */
    public SourceSettings settings(boolean link) {
        return new SourceSettings(kind, serverName(), url, files(), link, true);
    }

    /** The configuration keys of the source, with remote media. */
    public Map<String, String> configuration(boolean link) {
        return Map.of(
                "import.sources[0].kind", kind.text(),
                "import.sources[0].server-name", serverName().value(),
                "import.sources[0].database", url,
                "import.sources[0].media-store", files().toString(),
                "import.sources[0].link", String.valueOf(link));
    }

    /** The content URI of media that is protected from quarantine, if there is any. */
    public Optional<String> protectedItem() {
        return switch (kind) {
            case SYNAPSE -> Optional.of("mxc://" + serverName() + "/TlkYFzyfaNcuWVBUEWUDjSEB");
            case MMR ->
                Optional.of("mxc://" + serverName() + "/1af2bf5154599638c5bf671b2eaa326fb9bb053b2125744174811578368");
            case DENDRITE -> Optional.empty();
        };
    }

    /** What the server itself said of each item. */
    public List<JsonObject> items() throws IOException {
        try (JsonReader reader =
                Json.createReader(Files.newBufferedReader(original().resolve("items.json"), StandardCharsets.UTF_8))) {
            return reader.readArray().getValuesAs(JsonObject.class);
        }
    }
}
