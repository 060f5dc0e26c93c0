package io.mediakeep.blob;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Bytes that have arrived whole: a file that is forced to disk, its size and its hash. Closing removes the file.
 */
public final class Spool implements Closeable {
    private final Path file;
    private final long size;
    private final BlobId id;

    Spool(Path file, long size, BlobId id) {
        this.file = file;
        this.size = size;
        this.id = id;
    }

    /** Where the bytes are, until this is closed. */
    public Path file() {
        return file;
    }

    /** How many bytes there are. */
    public long size() {
        return size;
    }

    /** The hash of the bytes. */
    public BlobId id() {
        return id;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
