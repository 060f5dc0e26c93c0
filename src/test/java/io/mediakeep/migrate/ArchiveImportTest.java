package io.mediakeep.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.blob.BlobId;
import io.mediakeep.blob.BlobLocation;
import io.mediakeep.jobs.JobError;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.UserId;
import io.mediakeep.media.MediaNode;
import io.mediakeep.media.MediaPosition;
import io.mediakeep.media.NodeOptions;
import io.mediakeep.migrate.archive.ArchiveCatalog;
import io.mediakeep.migrate.archive.ArchivePart;
import io.mediakeep.migrate.archive.ArchiveScope;
import io.mediakeep.migrate.archive.Archives;
import io.mediakeep.migrate.archive.InvalidArchiveException;
import io.mediakeep.migrate.archive.TarBytes;
import io.mediakeep.migrate.source.SourceSettings;
import io.mediakeep.testing.H2Database;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives of a node that has media of all kinds, and their import into an empty node. */
class ArchiveImportTest {
    private static final String HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    @TempDir
    Path directory;

    private SampleStore store;
    private ImportNode from;
    private ImportNode to;

    @BeforeEach
    void open() throws Exception {
        store = SampleStore.onSqlite(SourceSettings.Kind.SYNAPSE, Files.createDirectory(directory.resolve("store")));
        from = node("from");
        to = node("to");
    }

    private ImportNode node(String name) throws IOException {
        return new ImportNode(
                H2Database.inMemory(),
                directory.resolve(name),
                new NodeOptions(),
                store.settings(false),
                OptionalInt.empty());
    }

    @AfterEach
    void close() throws IOException {
        from.close();
        to.close();
    }

    private static Archives archives(ImportNode node) {
        return new Archives(new ArchiveCatalog(node.media.transactions), node.media.blobs.reader());
    }

    private static byte[] whole(ImportNode node) throws IOException {
        ArchivePart part = archives(node).part(ArchiveScope.ALL, MediaPosition.START, Long.MAX_VALUE);
        assertThat(part.next()).isEmpty();
        return TarBytes.of(part);
    }

    private static List<ArchivePart> parts(ImportNode node, ArchiveScope scope, long maxBytes) {
        List<ArchivePart> parts = new ArrayList<>();
        Optional<MediaPosition> next = Optional.of(MediaPosition.START);
        while (next.isPresent()) {
            ArchivePart part = archives(node).part(scope, next.get(), maxBytes);
            parts.add(part);
            next = part.next();
        }
        return parts;
    }

    private List<String> adopt(byte[] part) throws IOException {
        List<JobError> errors = new ArrayList<>();
        to.imports.adoptArchive(new ByteArrayInputStream(part), errors::add);
        return errors.stream()
                .map(error -> error.subject() + " " + error.reason())
                .toList();
    }

    @Test
    void whatIsExportedAndImportedIsTheSame() throws Exception {
        from.done(from.start());
        byte[] archive = whole(from);
        assertThat(archive).hasSize((int) archives(from)
                .part(ArchiveScope.ALL, MediaPosition.START, Long.MAX_VALUE)
                .size());
        assertThat(adopt(archive)).isEmpty();
        assertThat(whole(to)).isEqualTo(archive);
        assertThat(adopt(archive)).isEmpty();
        assertThat(to.imports.counts().adopted()).isEqualTo(store.items().size());
    }

    @Test
    void partsOfAnySizeHaveTheSame() throws Exception {
        from.done(from.start());
        List<ArchivePart> single = parts(from, ArchiveScope.ALL, 1);
        assertThat(single)
                .hasSize(store.items().size())
                .allSatisfy(part -> assertThat(part.items()).isEqualTo(1));
        for (ArchivePart part : parts(from, ArchiveScope.ALL, 4_000)) {
            assertThat(adopt(TarBytes.of(part))).isEmpty();
        }
        assertThat(whole(to)).isEqualTo(whole(from));
    }

    @Test
    void aUserHasWhatTheyUploadedAndAServerWhatIsLocal() throws Exception {
        from.done(from.start());
        long uploads = store.items().stream()
                .filter(item -> !item.getString("uploader").isEmpty())
                .count();
        assertThat(items(ArchiveScope.of(new UserId("@alice:c.mk.test:22301")))).isEqualTo(uploads);
        assertThat(items(ArchiveScope.of(store.serverName()))).isEqualTo(uploads);
        assertThat(items(ArchiveScope.of(MediaNode.BOB))).isZero();
        assertThat(items(ArchiveScope.ALL)).isEqualTo(store.items().size());
    }

    private long items(ArchiveScope scope) {
        return parts(from, scope, 500).stream().mapToInt(ArchivePart::items).sum();
    }

    @Test
    void whatIsRemovedBetweenTwoPartsMovesNothing() throws Exception {
        List<Mxc> uploaded = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            uploaded.add(from.media.upload(MediaNode.ALICE, "text " + i));
        }
        ArchiveScope alice = ArchiveScope.of(MediaNode.ALICE);
        ArchivePart first = archives(from).part(alice, MediaPosition.START, 7 * 2);
        assertThat(first.items()).isEqualTo(2);
        from.media.delete(uploaded.stream()
                .sorted((one, two) -> one.toString().compareTo(two.toString()))
                .toList()
                .get(0));
        ArchivePart rest = archives(from).part(alice, first.next().orElseThrow(), Long.MAX_VALUE);
        assertThat(rest.items()).isEqualTo(3);
    }

    @Test
    void damagedContentIsLeftOutAndListedByTheImport() throws Exception {
        Mxc mxc = from.media.upload(MediaNode.ALICE, "hello");
        BlobLocation location = from.media.blobCatalog.register(new BlobId(HELLO), 5);
        from.media.store.delete(location);
        from.media.blobs.damage().recordDamaged(location, 5);
        assertThat(adopt(whole(from))).containsExactly(mxc + " The archive does not have its content");
    }

    @Test
    void aTruncatedArchiveIsReportedAndCanBeRepeated() throws Exception {
        from.done(from.start());
        byte[] archive = whole(from);
        for (int cut = 600; cut < archive.length - 1024; cut += archive.length / 7) {
            assertThat(isReported(Arrays.copyOf(archive, cut)))
                    .as("cut after " + cut)
                    .isTrue();
        }
        assertThat(adopt(archive)).isEmpty();
        assertThat(whole(to)).isEqualTo(archive);
    }

    private boolean isReported(byte[] part) {
        try {
            return !adopt(part).isEmpty();
        } catch (IOException truncated) {
            return true;
        }
    }

    @Test
    void whatIsNotAsItsManifestSaysIsListedAndTheRestImported() throws Exception {
        String good = item("mxc://c.mk.test:22301/good", HELLO);
        String other = item("mxc://c.mk.test:22301/other", "0".repeat(64));
        String absent = item("mxc://c.mk.test:22301/absent", "1".repeat(64));
        byte[] archive = new TarBytes()
                .file("manifest.json", manifest(good, other, absent, item("mxc://a/../b", HELLO), "7", "{}"))
                .file("content/../../secret", bytes("secret"))
                .file("content/" + HELLO, bytes("hello"))
                .file("content/" + "0".repeat(64), bytes("something else"))
                .end();
        assertThat(adopt(archive))
                .containsExactlyInAnyOrder(
                        "mxc://c.mk.test:22301/other The file is damaged: it has 14 bytes, and not the hash of its row",
                        "mxc://c.mk.test:22301/absent The archive does not have its content",
                        "mxc://a/../b Its entry in the manifest is unreadable",
                        "? Its entry in the manifest is unreadable",
                        "? Its entry in the manifest is unreadable");
        assertThat(to.media.rows("MediaEntity")).isEqualTo(1);
    }

    @Test
    void whatIsNoArchiveIsRejected() {
        for (byte[] file : new byte[][] {
            {},
            bytes("no tar file ".repeat(100)),
            new TarBytes().end(),
            new TarBytes().file("content/" + HELLO, bytes("hello")).end(),
            new TarBytes().file("manifest.json", bytes("{}")).end(),
            new TarBytes().file("manifest.json", bytes("[")).end(),
            new TarBytes()
                    .file("manifest.json", bytes("{\"format\":\"mediakeep-archive\",\"version\":2,\"media\":[]}"))
                    .end()
        }) {
            assertThatThrownBy(() -> adopt(file)).isInstanceOf(InvalidArchiveException.class);
        }
    }

    private static byte[] manifest(String... items) {
        return bytes("{\"format\":\"mediakeep-archive\",\"version\":1,\"media\":[" + String.join(",", items) + "]}");
    }

    private static String item(String mxc, String hash) {
        return "{\"mxc\":\"" + mxc + "\",\"content_type\":\"text/plain\",\"size\":5,\"sha256\":\"" + hash
                + "\",\"created_ts\":1,\"last_access_ts\":1,\"authenticated_only\":true,\"quarantined\":false,"
                + "\"safe_from_quarantine\":false}";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
