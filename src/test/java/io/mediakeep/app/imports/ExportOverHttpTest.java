package io.mediakeep.app.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.app.ServerInProcess;
import io.mediakeep.migrate.archive.ArchiveReader;
import io.mediakeep.migrate.archive.ArchiveReader.ArchivedContent;
import io.mediakeep.migrate.source.SourceRow;
import io.mediakeep.testing.Client;
import io.mediakeep.testing.TestConfig;
import io.mediakeep.testing.server.S3Server;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives as administrators download them, from blobs on disk and in S3. */
class ExportOverHttpTest {
    private static final String BASE = "/_mediakeep/admin/v1";
    private static final String ALICE = BASE + "/users/@alice:example.org/export";
    private static final Pattern NEXT = Pattern.compile("<(\\?[^>]*)>; rel=\"next\"");

    @TempDir
    Path directory;

    private Client alice;
    private Client admin;

    private void use(ServerInProcess server) {
        alice = new Client(server.url(), TestConfig.ALICE);
        admin = alice.as(TestConfig.ADMIN);
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    /** All parts from a path on: the contents by hash, and the rows. */
    private void download(String path, Map<String, byte[]> contents, List<SourceRow> rows) throws Exception {
        Optional<String> query = Optional.of("?part_size=1000000");
        while (query.isPresent()) {
            HttpResponse<byte[]> part = admin.get(path + query.get());
            assertThat(part.statusCode()).isEqualTo(200);
            assertThat(part.headers().firstValueAsLong("Content-Length")).hasValue(part.body().length);
            try (ArchiveReader reader = new ArchiveReader(new ByteArrayInputStream(part.body()))) {
                reader.media().forEach(row -> rows.add((SourceRow) row));
                Optional<ArchivedContent> next = reader.nextContent();
                while (next.isPresent()) {
                    contents.put(next.get().hash().sha256(), next.get().bytes().readAllBytes());
                    next = reader.nextContent();
                }
            }
            Matcher link = NEXT.matcher(part.headers().firstValue("Link").orElse(""));
            query = link.matches() ? Optional.of(link.group(1)) : Optional.empty();
        }
    }

    @Test
    void theUploadsOfAUserAreDownloadedInParts() throws Exception {
        try (ServerInProcess server = new ServerInProcess(directory, Map.of())) {
            use(server);
            expectParts();
            assertThat(admin.get(BASE + "/audit").body())
                    .asString(StandardCharsets.UTF_8)
                    .contains("export media", "@alice:example.org");
            assertThat(alice.get(ALICE).statusCode()).isEqualTo(403);
            assertThat(admin.get(BASE + "/users/alice/export").statusCode()).isEqualTo(400);
            assertThat(admin.get(ALICE + "?from=x").statusCode()).isEqualTo(400);
            HttpResponse<byte[]> head = admin.send(admin.request(ALICE).method("HEAD", BodyPublishers.noBody()));
            assertThat(head.headers().firstValueAsLong("Content-Length"))
                    .hasValue(admin.get(ALICE).body().length);
        }
    }

    @Test
    void contentInS3IsExportedToo() throws Exception {
        try (ServerInProcess server = new ServerInProcess(directory, S3Server.configuration(S3Server.freshBucket()))) {
            use(server);
            expectParts();
        }
    }

    private void expectParts() throws Exception {
        Map<String, byte[]> uploads = new HashMap<>();
        for (int size : new int[] {0, 1, 511, 512, 513, 300_000, 3_000_000}) {
            uploads.put(alice.mxc(random(size)), random(size));
        }
        alice.as(TestConfig.BOB).mxc(new byte[] {7});
        Map<String, byte[]> contents = new HashMap<>();
        List<SourceRow> rows = new ArrayList<>();
        download(ALICE, contents, rows);
        assertThat(rows).extracting(row -> row.mxc().toString()).containsExactlyInAnyOrderElementsOf(uploads.keySet());
        assertThat(rows)
                .allSatisfy(row -> assertThat(contents)
                        .hasEntrySatisfying(
                                row.hash().orElseThrow().sha256(),
                                bytes -> assertThat(bytes)
                                        .isEqualTo(uploads.get(row.mxc().toString()))));
        rows.clear();
        download(BASE + "/export", contents, rows);
        assertThat(rows).hasSize(uploads.size() + 1);
    }
}
