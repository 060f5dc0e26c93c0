package io.mediakeep.migrate.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.mediakeep.blob.BlobId;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.Sha256;
import io.mediakeep.matrix.UserId;
import io.mediakeep.migrate.SampleStore;
import jakarta.json.JsonObject;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The stores of the three servers, on the databases that they can have. */
class ImportSourceTest {
    private static final String SERVER = "c.mk.test:22301";

    @TempDir
    Path directory;

    private SampleStore store(String kind, String database) throws Exception {
        return database.equals("sqlite")
                ? SampleStore.onSqlite(SourceSettings.Kind.of(kind), directory)
                : SampleStore.onPostgres(SourceSettings.Kind.of(kind), directory);
    }

    @ParameterizedTest
    @CsvSource({"synapse,sqlite", "synapse,postgres", "mmr,postgres", "dendrite,sqlite", "dendrite,postgres"})
    void everyItemIsFoundWithItsFile(String kind, String database) throws Exception {
        SampleStore store = store(kind, database);
        try (ImportSource source = new ImportSource(store.settings())) {
            for (JsonObject item : store.items()) {
                SourceRow row = source.find(Mxc.parse(item.getString("mxc"))).orElseThrow();
                byte[] content = Files.readAllBytes(source.file(row));
                assertThat(HexFormat.of().formatHex(Sha256.newDigest().digest(content)))
                        .isEqualTo(item.getString("sha256"));
                assertThat(row.hash()).contains(new BlobId(item.getString("sha256")));
                assertThat(row.size()).isEqualTo(item.getInt("size"));
                assertThat(row.contentType().value()).isEqualTo(item.getString("type"));
                assertThat(row.fileName().orElse("")).isEqualTo(item.getString("name"));
                assertThat(row.uploader().map(UserId::value).orElse("")).isEqualTo(item.getString("uploader"));
                assertThat(row.access().quarantined()).isEqualTo(item.getInt("status") == 404);
                assertThat(row.access().authenticatedOnly())
                        .isEqualTo(kind.equals("synapse") && item.getInt("unauthenticated") == 404);
            }
            assertThat(source.find(Mxc.parse("mxc://example.org/absent"))).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"synapse,sqlite", "synapse,postgres", "mmr,postgres", "dendrite,sqlite", "dendrite,postgres"})
    void pagesHaveEveryRowOnceTheNewestAccessFirst(String kind, String database) throws Exception {
        try (ImportSource source = new ImportSource(store(kind, database).settings())) {
            List<SourceRow> rows = new ArrayList<>();
            Optional<SourcePosition> position = Optional.of(SourcePosition.START);
            while (position.isPresent()) {
                SourcePage page =
                        source.page(SourcePosition.parse(position.get().toString()), 4);
                page.entries().forEach(entry -> rows.add((SourceRow) entry));
                position = page.last();
            }
            assertThat(rows).hasSize((int) source.count());
            assertThat(rows).extracting(SourceRow::mxc).doesNotHaveDuplicates();
            assertThat(rows)
                    .isSortedAccordingTo((one, other) -> other.lastAccessAt().compareTo(one.lastAccessAt()));
        }
    }

    @Test
    void remoteMediaIsLeftOutWhereThatIsConfigured() throws Exception {
        SampleStore store = store("synapse", "sqlite");
        SourceSettings all = store.settings();
        SourceSettings local =
                new SourceSettings(all.kind(), all.serverName(), all.database(), all.mediaStore(), false, false);
        try (ImportSource source = new ImportSource(local)) {
            assertThat(source.page(SourcePosition.START, 100).entries())
                    .allSatisfy(entry -> assertThat(
                                    ((SourceRow) entry).mxc().server().value())
                            .isEqualTo(SERVER))
                    .hasSize((int) source.count());
            assertThat(source.find(Mxc.parse("mxc://a.mk.test:22101/Gc_5BggrkMRvsbx0xeF2dd2X")))
                    .isEmpty();
        }
    }

    @Test
    void flagsOfSynapseAreRead() throws Exception {
        try (ImportSource source = new ImportSource(store("synapse", "sqlite").settings())) {
            SourceRow bad = source.find(Mxc.parse("mxc://" + SERVER + "/iMbwXMWrNaCeyBsCpCeQlrnz"))
                    .orElseThrow();
            assertThat(bad.access().quarantinedBy()).contains(new UserId("@admin:" + SERVER));
            SourceRow kept = source.find(Mxc.parse("mxc://" + SERVER + "/TlkYFzyfaNcuWVBUEWUDjSEB"))
                    .orElseThrow();
            assertThat(kept.access().safeFromQuarantine()).isTrue();
        }
    }

    @Test
    void restrictedAndPinnedMediaOfMmrIsRead() throws Exception {
        SampleStore store = store("mmr", "postgres");
        String id = "1af2bf5154599638c5bf671b2eaa326fb9bb053b2125744174811578368";
        store.execute("insert into restricted_media values ('localhost', '" + id
                + "', 'io.t2bot.requires_authentication', 'true')");
        try (ImportSource source = new ImportSource(store.settings())) {
            SourceRow row = source.find(Mxc.parse("mxc://localhost/" + id)).orElseThrow();
            assertThat(row.access().safeFromQuarantine()).isTrue();
            assertThat(row.access().authenticatedOnly()).isTrue();
        }
    }

    @Test
    void synapsesOfBeforeTheNewColumnsAreRead() throws Exception {
        SampleStore store = store("synapse", "sqlite");
        store.execute(
                "alter table local_media_repository drop column authenticated",
                "alter table local_media_repository drop column sha256",
                "alter table remote_media_cache drop column authenticated",
                "alter table remote_media_cache drop column sha256");
        try (ImportSource source = new ImportSource(store.settings())) {
            SourceRow row = source.find(Mxc.parse("mxc://" + SERVER + "/pITCjqafYXzSEvxjBCnOtpAj"))
                    .orElseThrow();
            assertThat(row.hash()).isEmpty();
            assertThat(row.access().authenticatedOnly()).isFalse();
        }
    }

    @Test
    void mediaOfPreviewsLiesElsewhere() throws Exception {
        SampleStore store = store("synapse", "sqlite");
        store.execute(
                "insert into local_media_repository select '2026-05-01_abcdefgh', media_type, 5, created_ts, null, null,"
                        + " null, 'https://example.org/', null, false, true, null from local_media_repository limit 1",
                "insert into local_media_repository select 'AAbbcc', media_type, 5, created_ts, null, null,"
                        + " null, 'https://example.org/', null, false, true, null from local_media_repository limit 1");
        Path dated = store.files().resolve("url_cache/2026-05-01/abcdefgh");
        Path old = store.files().resolve("url_cache/AA/bb/cc");
        Files.createDirectories(dated.getParent());
        Files.createDirectories(old.getParent());
        Files.writeString(dated, "dated");
        Files.writeString(old, "older");
        try (ImportSource source = new ImportSource(store.settings())) {
            SourceRow row = source.find(Mxc.parse("mxc://" + SERVER + "/2026-05-01_abcdefgh"))
                    .orElseThrow();
            assertThat(row.access().preview()).isTrue();
            assertThat(source.file(row)).hasContent("dated");
            assertThat(source.file(source.find(Mxc.parse("mxc://" + SERVER + "/AAbbcc"))
                            .orElseThrow()))
                    .hasContent("older");
        }
    }

    @Test
    void noPathLeadsOutOfTheStore() throws Exception {
        SampleStore store = store("synapse", "sqlite");
        Path secret = Files.writeString(directory.resolve("secret"), "secret");
        Path link = store.files().resolve("remote_content/a.mk.test:22101/li/nk/ed");
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, secret);
        for (String fileId :
                List.of("../../../secret", "aa/../../../../secret", "/etc/passwd", "linked", "li", "nul\0")) {
            store.execute(
                    "delete from remote_media_cache",
                    "insert into remote_media_cache values ('a.mk.test:22101', 'x', 'text/plain', 1, null, 6, '"
                            + fileId.replace("\0", "' || char(0) || '") + "', null, null, false, null)");
            try (ImportSource source = new ImportSource(store.settings())) {
                SourceRow row =
                        source.find(Mxc.parse("mxc://a.mk.test:22101/x")).orElseThrow();
                assertThatThrownBy(() -> source.file(row)).isInstanceOf(NoSuchFileException.class);
            }
        }
    }

    @Test
    void rowsThatAreNoneAreListedAndTheOthersRead() throws Exception {
        SampleStore store = store("synapse", "sqlite");
        String values =
                ", 'text/plain', 6, 'soon', 'a.txt', '@alice:" + SERVER + "', null, null, null, false, true, null)";
        store.execute(
                "insert into local_media_repository values ('text-in-a-number'" + values,
                "insert into local_media_repository values ('a/../b'" + values,
                "insert into local_media_repository values (x'c3'" + values,
                "insert into local_media_repository values (cast(x'6127ff' as text)" + values,
                "insert into local_media_repository values (null" + values);
        try (ImportSource source = new ImportSource(store.settings())) {
            List<SourceEntry> entries = source.page(SourcePosition.START, 100).entries();
            assertThat(entries)
                    .filteredOn(SourceRow.class::isInstance)
                    .hasSize(store.items().size());
            assertThat(entries)
                    .filteredOn(UnreadableRow.class::isInstance)
                    .extracting(entry -> ((UnreadableRow) entry).reason())
                    .containsExactlyInAnyOrder(
                            "The row is unreadable: created is not a number",
                            "The row is unreadable: not a media id",
                            "The row is unreadable: not a media id",
                            "The row is unreadable: media_id is not text");
        }
    }

    @Test
    void aSourceIsNeverWrittenTo() throws Exception {
        SampleStore store = store("synapse", "sqlite");
        store.execute(); // SQLite must not find anything to recover
        try (var connection = java.sql.DriverManager.getConnection(store.url());
                var statement = connection.createStatement()) {
            statement.execute("pragma journal_mode = wal");
        }
        byte[] before = Files.readAllBytes(directory.resolve("store.db"));
        try (ImportSource source = new ImportSource(store.settings())) {
            assertThat(source.count()).isEqualTo(store.items().size());
        }
        assertThat(directory.resolve("store.db")).hasBinaryContent(before);
        assertThat(directory.toFile().list()).containsExactlyInAnyOrder("store.db", "files");
    }

    @Test
    void rowsInTheLogOfARunningServerAreRead() throws Exception {
        SampleStore store = store("synapse", "sqlite");
        try (var connection = java.sql.DriverManager.getConnection(store.url());
                var statement = connection.createStatement();
                ImportSource source = new ImportSource(store.settings())) {
            statement.execute("pragma journal_mode = wal");
            statement.execute("delete from remote_media_cache");
            assertThat(directory.resolve("store.db-wal")).isNotEmptyFile();
            assertThat(source.count()).isEqualTo(store.items().size() - 3);
        }
    }

    @Test
    void theFileOfADirectoryThatMayNotBeReadIsDenied() throws Exception {
        SampleStore store = store("synapse", "sqlite");
        Path denied = store.files().resolve("local_content/pI");
        Files.setPosixFilePermissions(denied, PosixFilePermissions.fromString("---------"));
        try (ImportSource source = new ImportSource(store.settings())) {
            assumeThat(Files.isReadable(denied))
                    .as("this user may read everything")
                    .isFalse();
            SourceRow row = source.find(Mxc.parse("mxc://" + SERVER + "/pITCjqafYXzSEvxjBCnOtpAj"))
                    .orElseThrow();
            assertThatThrownBy(() -> source.file(row)).isInstanceOf(AccessDeniedException.class);
        } finally {
            Files.setPosixFilePermissions(denied, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void aSourceThatCannotBeReadIsUnavailable() throws Exception {
        SampleStore store = store("synapse", "sqlite");
        Files.delete(directory.resolve("store.db"));
        try (ImportSource source = new ImportSource(store.settings())) {
            assertThatThrownBy(source::count).isInstanceOf(SourceUnavailableException.class);
            assertThat(directory.resolve("store.db")).doesNotExist();
        }
    }
}
