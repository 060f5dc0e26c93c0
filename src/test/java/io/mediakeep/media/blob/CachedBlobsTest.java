package io.mediakeep.media.blob;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.S3Settings;
import io.mediakeep.blob.Spool;
import io.mediakeep.blob.cache.BlobCache;
import io.mediakeep.media.MediaNode;
import io.mediakeep.media.NodeOptions;
import io.mediakeep.testing.Eventually;
import io.mediakeep.testing.H2Database;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deleted blobs are deleted from the cache, too. */
class CachedBlobsTest {
    @TempDir
    Path directory;

    private MediaNode node;
    private BlobCache cache;
    private Blobs blobs;

    @BeforeEach
    void open() throws IOException {
        node = new MediaNode(H2Database.inMemory(), directory.resolve("node"), new NodeOptions());
        S3Settings.Cache settings = new S3Settings.Cache(directory.resolve("cache"), 1 << 20);
        cache = BlobCache.open(settings, node.store, InstantSource.system());
        blobs = new Blobs(node.store, cache, node.blobCatalog, node.removals, node.integrity);
    }

    @AfterEach
    void close() throws Exception {
        cache.close();
        node.close();
    }

    @Test
    void aRemovedBlobIsEvicted() throws Exception {
        BlobLocation location = cached(1);
        assertThat(blobs.remove(location)).isTrue();
        assertThat(cache.file(location)).isEmpty();
    }

    @Test
    void aRemovedCandidateIsEvicted() throws Exception {
        BlobLocation location = cached(2);
        node.clock.advance(BlobCatalog.GRACE.multipliedBy(2));
        assertThat(blobs.removeDue(10)).isEqualTo(1);
        assertThat(cache.file(location)).isEmpty();
    }

    @Test
    void aBlobThatAnotherNodeHasRemovedIsEvictedLater() throws Exception {
        BlobLocation removed = cached(3), remaining = cached(4);
        assertThat(node.blobs.remove(removed)).isTrue();
        assertThat(node.blobCatalog.registered(Set.of(removed, remaining))).containsExactly(remaining);
        cache.removeDeleted(node.blobCatalog::registered);
        assertThat(cache.file(removed)).isEmpty();
        assertThat(cache.file(remaining)).isPresent();
    }

    private BlobLocation cached(int content) throws Exception {
        try (Spool spool = node.spools.receive(new ByteArrayInputStream(new byte[] {(byte) content}), 1)) {
            BlobLocation location = node.blobCatalog.register(spool.id(), spool.size());
            node.store.put(spool, location);
            blobs.reader().open(location, 0, 1).close();
            Eventually.holds(() -> assertThat(cache.file(location)).isPresent());
            return location;
        }
    }
}
