package io.mediakeep.migrate.archive;

import io.mediakeep.blob.BlobId;
import io.mediakeep.fuzz.FuzzContract;
import io.mediakeep.fuzz.Limits;
import io.mediakeep.migrate.archive.ArchiveReader.ArchivedContent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Parts of archives. */
class ArchiveFuzzTest extends FuzzContract {
    private static final String HASH = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    ArchiveFuzzTest() {
        super(1500, new Limits(32 << 20, Duration.ofSeconds(5)));
    }

    @Override
    protected List<byte[]> corpus() {
        String manifest = "{\"format\":\"mediakeep-archive\",\"version\":1,\"media\":[{\"mxc\":\"mxc://a.example/abc\","
                + "\"uploader\":\"@a:a.example\",\"content_type\":\"text/plain\",\"file_name\":\"a.txt\",\"size\":5,\"sha256\":\""
                + HASH + "\",\"created_ts\":1,\"last_access_ts\":2,\"authenticated_only\":true,\"quarantined\":true,"
                + "\"quarantined_by\":\"@b:a.example\",\"safe_from_quarantine\":false,\"damaged\":false}]}";
        return List.of(new TarBytes()
                .file(TarFile.MANIFEST, manifest.getBytes(StandardCharsets.UTF_8))
                .file(TarFile.contentName(new BlobId(HASH)), "hello".getBytes(StandardCharsets.UTF_8))
                .end());
    }

    @Override
    protected List<String> tokens() {
        return List.of("\"mxc\":", "null", "[", "{", "\"\"", "-1", "1e9", "../", "ustar", "\0", "GNU.sparse.size=9");
    }

    @Override
    protected void take(byte[] input) {
        try (ArchiveReader reader = new ArchiveReader(new ByteArrayInputStream(input))) {
            for (Optional<ArchivedContent> next = reader.nextContent(); next.isPresent(); next = reader.nextContent()) {
                next.get().bytes().transferTo(OutputStream.nullOutputStream());
            }
        } catch (IOException rejected) {
            return;
        }
    }
}
