package io.mediakeep.app.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.migrate.SampleStore;
import io.mediakeep.migrate.source.SourceSettings;
import io.mediakeep.testing.Client;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImportOnH2Test extends ImportOverHttpContract {
    private static final String SERVER = "mxc://c.mk.test:22301/";
    private static final String CAT = SERVER + "pITCjqafYXzSEvxjBCnOtpAj";
    private static final String SAME_CAT = SERVER + "JJFMvTFkBztmEWTcbjinLEgF";
    private static final String NOTES = SERVER + "DvybbWntFfHLNvLwMIWtrXKN";
    private static final String BAD = SERVER + "iMbwXMWrNaCeyBsCpCeQlrnz";

    @Override
    Map<String, String> settings() {
        return Map.of();
    }

    @Override
    List<SampleStore> stores() throws Exception {
        return List.of(synapse(), SampleStore.onSqlite(SourceSettings.Kind.DENDRITE, folder("dendrite")));
    }

    private SampleStore synapse() throws Exception {
        return SampleStore.onSqlite(SourceSettings.Kind.SYNAPSE, folder("synapse"));
    }

    private Path folder(String name) throws IOException {
        return Files.createDirectory(directory.resolve(name));
    }

    private static void insert(SampleStore store, String id, int size, String hash) throws Exception {
        store.execute("insert into local_media_repository values ('" + id + "', 'text/plain', " + size
                + ", 5, 'a.txt', '@alice:c.mk.test:22301', null, null, null, false, false, " + hash + ")");
        if (id.length() > 4) {
            Path file = store.files()
                    .resolve("local_content")
                    .resolve(id.substring(0, 2))
                    .resolve(id.substring(2, 4))
                    .resolve(id.substring(4));
            Files.createDirectories(file.getParent());
            Files.writeString(file, "hello");
        }
    }

    @Test
    void whatCannotBeHadIsListedAndTheRestIsImported() throws Exception {
        SampleStore store = synapse();
        Files.delete(store.files().resolve("local_content/Dv/yb/bWntFfHLNvLwMIWtrXKN"));
        Files.write(store.files().resolve("local_content/pI/TC/jqafYXzSEvxjBCnOtpAj"), new byte[10]);
        insert(store, "oldWithoutHash", 7, "null");
        insert(store, "old.id=with:legacy+characters", 5, "null");
        insert(store, "....etcetera", 5, "null");
        insert(store, "a/../../b", 5, "null");
        insert(store, "oldWithoutHash", 7, "null");
        insert(store, "ddddIsADirectory", 5, "null");
        Path directoryInPlaceOfAFile = store.files().resolve("local_content/dd/dd/IsADirectory");
        Files.delete(directoryInPlaceOfAFile);
        Files.createDirectory(directoryInPlaceOfAFile);
        insert(store, "aaaaOutside", 5, "null");
        Path linked = store.files().resolve("local_content/aa");
        Files.createSymbolicLink(linked, Files.move(linked, directory.resolve("elsewhere")));
        try (ImportingServer server = new ImportingServer(folder("server"), store, false, settings())) {
            JsonObject job = server.imported();
            assertThat(server.errors(job))
                    .containsExactlyInAnyOrder(
                            NOTES + " The file is missing: local_content/Dv/yb/bWntFfHLNvLwMIWtrXKN",
                            CAT + " The file is damaged: it has 10 bytes, and not the hash of its row",
                            SERVER
                                    + "oldWithoutHash Imported as it is: the file has 5 bytes, and not 7 as its row says",
                            SERVER + "ddddIsADirectory The file is missing: local_content/dd/dd/IsADirectory",
                            SERVER + "aaaaOutside The file is missing: local_content/aa/aa/Outside",
                            SERVER + "....etcetera The file is missing: local_content/../../etcetera",
                            SERVER + "a/../../b The row is unreadable: not a media id");
            assertThat(server.download(NOTES).statusCode()).isEqualTo(404);
            assertThat(server.download(CAT).statusCode()).isEqualTo(404);
            assertThat(server.download(SAME_CAT).statusCode()).isEqualTo(200);
            assertThat(server.download(SERVER + "oldWithoutHash").body())
                    .asString()
                    .isEqualTo("hello");
            assertThat(server.download(SERVER + "old.id=with:legacy+characters").body())
                    .asString()
                    .isEqualTo("hello");
        }
    }

    @Test
    void deletionAndQuarantineAreNotUndoneByTheOldStore() throws Exception {
        SampleStore store = synapse();
        try (ImportingServer server = new ImportingServer(folder("server"), store, false, settings())) {
            server.imported();
            String path = "/_synapse/admin/v1/media/" + NOTES.substring("mxc://".length());
            assertThat(server.admin.send(server.admin.request(path).DELETE()).statusCode())
                    .isEqualTo(200);
            assertThat(server.download(NOTES).statusCode()).isEqualTo(404);
            server.imported();
            assertThat(server.download(NOTES).statusCode()).isEqualTo(404);

            byte[] bad = Files.readAllBytes(store.files().resolve("local_content/iM/bw/XMWrNaCeyBsCpCeQlrnz"));
            String again = server.alice.mxc(bad);
            assertThat(server.download(again).statusCode()).isEqualTo(404);
            assertThat(server.admin
                            .get(Client.download(BAD) + "?admin_unsafely_bypass_quarantine=true")
                            .body())
                    .isEqualTo(bad);
        }
    }

    @Test
    void aSourceThatIsAwayAffectsOnlyWhatItAloneHas() throws Exception {
        SampleStore store = synapse();
        Path database = directory.resolve("synapse/store.db");
        Path away = database.resolveSibling("away.db");
        Files.move(database, away);
        try (ImportingServer server = new ImportingServer(folder("server"), store, false, settings())) {
            String own = server.alice.mxc(new byte[] {1, 2, 3});
            assertThat(server.download(own).statusCode()).isEqualTo(200);
            assertThat(server.download(CAT).statusCode()).isEqualTo(503);
            assertThat(server.download(CAT).headers().firstValue("Retry-After")).isPresent();
            Files.move(away, database);
            assertThat(server.errors(server.importedByItself())).isEmpty();
            assertThat(server.download(CAT).statusCode()).isEqualTo(200);
        }
    }
}
