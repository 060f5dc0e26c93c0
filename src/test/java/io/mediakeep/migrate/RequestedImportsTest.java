package io.mediakeep.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.BlobStore;
import io.mediakeep.blob.ForwardingStore;
import io.mediakeep.blob.Spool;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.media.NodeOptions;
import io.mediakeep.media.download.ImportedMedia;
import io.mediakeep.migrate.source.SourceSettings;
import io.mediakeep.testing.Completed;
import io.mediakeep.testing.Concurrently;
import io.mediakeep.testing.H2Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Media that is adopted because it was requested. */
class RequestedImportsTest {
    private static final Mxc CAT = Mxc.parse("mxc://c.mk.test:22301/pITCjqafYXzSEvxjBCnOtpAj");

    @TempDir
    Path directory;

    @Test
    void concurrentRequestsAdoptMediaOnce() throws Exception {
        SampleStore store =
                SampleStore.onSqlite(SourceSettings.Kind.SYNAPSE, Files.createDirectory(directory.resolve("store")));
        CountDownLatch requested = new CountDownLatch(1);
        AtomicInteger puts = new AtomicInteger();
        NodeOptions options = new NodeOptions().wrapStore(inner -> waiting(inner, requested, puts));
        try (ImportNode node = new ImportNode(
                H2Database.inMemory(),
                directory.resolve("node"),
                options,
                store.settings(false),
                OptionalInt.empty())) {
            RequestedImports imports = node.imports.requested();
            assertThat(Concurrently.run(20, () -> Completed.of(imports.find(CAT))))
                    .hasSize(20)
                    .allSatisfy(item -> assertThat(item).isEqualTo(Completed.of(imports.find(CAT))));
            ImportedMedia.Item item = Completed.of(imports.find(CAT)).orElseThrow();
            requested.countDown();
            Completed.of(item.adopted());
            assertThat(puts).hasValue(1);
            assertThat(node.imports.counts().adopted()).isEqualTo(1);
            assertThat(node.media.rows("MediaEntity")).isEqualTo(1);
        }
    }

    private static BlobStore waiting(BlobStore inner, CountDownLatch until, AtomicInteger puts) {
        return new ForwardingStore(inner) {
            @Override
            public void put(Spool spool, BlobLocation location) throws IOException {
                puts.incrementAndGet();
                try {
                    until.await();
                } catch (InterruptedException stopped) {
                    throw new IOException(stopped);
                }
                super.put(spool, location);
            }
        };
    }
}
