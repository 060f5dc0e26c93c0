package io.mediakeep.blob.cache;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.BlobVerification;
import io.mediakeep.blob.FileRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

/**
 * A cached blob. The time of the file's last modification is that of the last use, to {@link #PRECISION}. What has changed
 * the file changes that time, too, and then its hash is verified again.
 */
final class CacheEntry {
    /** How old a recorded use may be. */
    static final Duration PRECISION = Duration.ofMinutes(10);

    private final long size;
    private FileTime modified;
    private boolean verified;

    /**
     * An entry.
     *
     * @param modified the time of the file's last modification
     * @param verified whether the hash was verified since then
     */
    CacheEntry(long size, FileTime modified, boolean verified) {
        this.size = size;
        this.modified = modified;
        this.verified = verified;
    }

    /** The size of the blob in bytes. */
    long size() {
        return size;
    }

    /** The time of the last use, to {@link #PRECISION}. */
    synchronized FileTime lastUse() {
        return modified;
    }

    /** Whether the file is the blob, which is used now. The first time after a start all bytes are read. */
    synchronized boolean isIntact(Path file, BlobLocation location, Instant now) throws IOException {
        BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
        boolean unchanged = verified && found.lastModifiedTime().equals(modified);
        boolean intact = found.size() == size && (unchanged || hasHash(file, location, size));
        if (!intact) {
            return false;
        }
        verified = true;
        modified = found.lastModifiedTime();
        if (modified.toInstant().isBefore(now.minus(PRECISION))) {
            Files.setLastModifiedTime(file, FileTime.from(now));
            modified = Files.getLastModifiedTime(file);
        }
        return true;
    }

    /** Whether a file has the size and the hash of a blob. */
    static boolean hasHash(Path file, BlobLocation location, long size) throws IOException {
        return BlobVerification.isIntact(
                (blob, offset, length) -> FileRange.open(file, offset, length), location, size);
    }
}
