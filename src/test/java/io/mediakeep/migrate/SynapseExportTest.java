package io.mediakeep.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.blob.BlobId;
import io.mediakeep.jobs.JobError;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.UserId;
import io.mediakeep.media.MediaPosition;
import io.mediakeep.media.NodeOptions;
import io.mediakeep.media.QuarantineCatalog;
import io.mediakeep.media.quarantine.HashRestrictionCatalog;
import io.mediakeep.migrate.archive.ArchiveCatalog;
import io.mediakeep.migrate.archive.ArchiveScope;
import io.mediakeep.migrate.archive.Archives;
import io.mediakeep.migrate.archive.TarBytes;
import io.mediakeep.migrate.export.SynapseExport;
import io.mediakeep.migrate.export.SynapseRows;
import io.mediakeep.migrate.source.SourceSettings;
import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.testing.H2Database;
import io.mediakeep.testing.PostgresServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** There and back: what is exported for Synapse, and imported from there, is the same. */
class SynapseExportTest {
    private static final String QUOTED = "it''s; --";

    @TempDir
    Path directory;

    private SampleStore store;
    private ImportNode from;

    @BeforeEach
    void fill() throws Exception {
        store = SampleStore.onSqlite(SourceSettings.Kind.SYNAPSE, Files.createDirectory(directory.resolve("store")));
        store.execute(
                "update local_media_repository set upload_name = '" + QUOTED + "' where upload_name = 'notes.txt'");
        from = node("from", store.settings(false));
        from.done(from.start());
    }

    @AfterEach
    void close() throws IOException {
        from.close();
    }

    private ImportNode node(String name, SourceSettings source) throws IOException {
        return new ImportNode(
                H2Database.inMemory(), directory.resolve(name), new NodeOptions(), source, OptionalInt.empty());
    }

    /** Creates the tables that Synapse has, with their keys. */
    private String emptySynapse(String database) throws SQLException {
        String url = "jdbc:sqlite:" + directory.resolve("synapse.db");
        if (database.equals("postgres")) {
            DatabaseSettings fresh = PostgresServer.emptyDatabase();
            url = fresh.url() + (fresh.url().contains("?") ? "&" : "?") + "user="
                    + fresh.username().orElseThrow();
        }
        execute(
                url,
                List.of(
                        "create table local_media_repository (media_id text unique, media_type text, media_length integer,"
                                + " created_ts bigint, upload_name text, user_id text, quarantined_by text, url_cache text,"
                                + " last_access_ts bigint, safe_from_quarantine boolean not null default false,"
                                + " authenticated boolean not null default false, sha256 text)",
                        "create table remote_media_cache (media_origin text, media_id text, media_type text,"
                                + " created_ts bigint, upload_name text, media_length integer, filesystem_id text,"
                                + " last_access_ts bigint, quarantined_by text, authenticated boolean not null default false,"
                                + " sha256 text, unique (media_origin, media_id))"));
        return url;
    }

    private static void execute(String url, List<String> statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String text(String url, String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private List<String> export(SynapseRows rows) throws IOException {
        List<JobError> errors = new ArrayList<>();
        try (rows) {
            new SynapseExport(
                            new ArchiveCatalog(from.media.transactions),
                            from.media.blobs.reader(),
                            store.serverName(),
                            directory.resolve("media"))
                    .run(rows, errors::add);
        }
        return errors.stream()
                .map(error -> error.subject() + " " + error.reason())
                .toList();
    }

    private void expectTheSame(String url) throws Exception {
        SourceSettings synapse = new SourceSettings(
                SourceSettings.Kind.SYNAPSE, store.serverName(), url, directory.resolve("media"), true, true);
        try (ImportNode to = node("to", synapse)) {
            assertThat(to.done(to.start()).errors()).isZero();
            assertThat(whole(to)).isEqualTo(whole(from));
        }
    }

    private static byte[] whole(ImportNode node) throws IOException {
        Archives archives = new Archives(new ArchiveCatalog(node.media.transactions), node.media.blobs.reader());
        return TarBytes.of(archives.part(ArchiveScope.ALL, MediaPosition.START, Long.MAX_VALUE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void rowsAreWrittenIntoTheDatabase(String database) throws Exception {
        String url = emptySynapse(database);
        assertThat(export(SynapseRows.database(url))).isEmpty();
        expectTheSame(url);
        assertThat(text(url, "select upload_name from local_media_repository where upload_name like 'it%'"))
                .isEqualTo(QUOTED.replace("''", "'"));
    }

    @Test
    void rowsAreWrittenAsSql() throws Exception {
        Path sql = directory.resolve("rows.sql");
        assertThat(export(SynapseRows.sql(sql))).isEmpty();
        String url = emptySynapse("sqlite");
        execute(url, Files.readAllLines(sql));
        expectTheSame(url);
    }

    @Test
    void anExportCanBeRepeatedAndTakesTheQuarantineOver() throws Exception {
        String url = emptySynapse("sqlite");
        export(SynapseRows.database(url));
        String cat = "pITCjqafYXzSEvxjBCnOtpAj";
        QuarantineCatalog quarantine = new QuarantineCatalog(
                from.media.transactions,
                from.media.database.announcements(),
                new HashRestrictionCatalog(from.media.transactions, from.media.clock));
        BlobId hash =
                quarantine.hashOf(Mxc.parse("mxc://c.mk.test:22301/" + cat)).orElseThrow();
        UserId admin = new UserId("@admin:c.mk.test:22301");
        quarantine.quarantineHashes(List.of(hash), admin);
        quarantine.quarantineStored(List.of(hash), admin, 100);
        assertThat(export(SynapseRows.database(url))).isEmpty();
        assertThat(text(url, "select quarantined_by from local_media_repository where media_id = '" + cat + "'"))
                .isEqualTo("@admin:c.mk.test:22301");
        assertThat(text(url, "select count(*) from remote_media_cache")).isEqualTo("3");
    }

    @Test
    void whatSynapseCannotHaveIsListed() throws Exception {
        String hash = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
        String item =
                "{\"mxc\":\"mxc://c.mk.test:22301/%s\",\"content_type\":\"text/plain\",\"size\":5,\"sha256\":\"" + hash
                        + "\",\"created_ts\":1,\"last_access_ts\":1,\"authenticated_only\":true,\"quarantined\":false,"
                        + "\"safe_from_quarantine\":false}";
        String manifest = "{\"format\":\"mediakeep-archive\",\"version\":1,\"media\":[" + item.formatted("....etcetera")
                + "," + item.formatted("ab") + "," + item.formatted("a..b....c") + "]}";
        from.imports.adoptArchive(
                new ByteArrayInputStream(new TarBytes()
                        .file("manifest.json", manifest.getBytes(StandardCharsets.UTF_8))
                        .file("content/" + hash, "hello".getBytes(StandardCharsets.UTF_8))
                        .end()),
                error -> {
                    throw new AssertionError(error);
                });
        String reason = " Its id cannot be that of a file of Synapse";
        assertThat(export(SynapseRows.database(emptySynapse("sqlite"))))
                .containsExactlyInAnyOrder(
                        "mxc://c.mk.test:22301/....etcetera" + reason, "mxc://c.mk.test:22301/ab" + reason);
        assertThat(directory.resolve("etcetera")).doesNotExist();
        assertThat(directory.resolve("media/etcetera")).doesNotExist();
    }
}
