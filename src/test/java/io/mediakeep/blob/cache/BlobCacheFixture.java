package io.mediakeep.blob.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.S3Settings;
import io.mediakeep.testing.Eventually;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A cache in a directory, in front of a store in memory. */
abstract class BlobCacheFixture {
    static final int SIZE = 100_000;

    @TempDir
    Path root;

    final CountedSource store = new CountedSource();
    Instant now = Instant.now();
    BlobCache cache;

    @BeforeEach
    void open() throws IOException {
        cache = open(4L * SIZE);
    }

    /** A cache in which blobs of the size, and four of them, have room. */
    final BlobCache open(long maxBytes) throws IOException {
        return BlobCache.open(new S3Settings.Cache(root, maxBytes), store, () -> now);
    }

    @AfterEach
    void close() throws IOException {
        store.release();
        cache.close();
    }

    final BlobLocation cached(int seed) throws Exception {
        BlobLocation location = store.add(seed, SIZE);
        read(location);
        awaitCached(location);
        return location;
    }

    final void awaitCached(BlobLocation location) throws Exception {
        Eventually.holds(() -> assertThat(isCached(location)).isTrue());
    }

    final boolean isCached(BlobLocation location) {
        return cache.file(location).isPresent();
    }

    final void restart() throws IOException {
        cache.close();
        cache = open(4L * SIZE);
    }

    final byte[] read(BlobLocation location) throws IOException {
        return range(location, 0, Long.MAX_VALUE);
    }

    final byte[] range(BlobLocation location, long offset, long length) throws IOException {
        try (InputStream bytes = cache.open(location, offset, length)) {
            return bytes.readAllBytes();
        }
    }

    final long sizeOfFiles() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
