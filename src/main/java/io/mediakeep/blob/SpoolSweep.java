package io.mediakeep.blob;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;

/** Removes the spool directories of dead processes below a root. */
final class SpoolSweep {
    /** How old a directory without lock file must be to count as abandoned. */
    private static final Duration TIME_TO_LOCK = Duration.ofMinutes(1);

    private final Path root;
    private final InstantSource clock;

    SpoolSweep(Path root, InstantSource clock) {
        this.root = root;
        this.clock = clock;
    }

    /** Returns the number of spool files removed. */
    synchronized int run() throws IOException {
        if (!Files.isDirectory(root)) {
            return 0; // the file system is not mounted
        }
        int removed = 0;
        try (DirectoryStream<Path> directories =
                Files.newDirectoryStream(root, LockedSpoolDirectory::isSpoolDirectory)) {
            for (Path directory : directories) {
                removed += sweep(directory);
            }
        }
        return removed;
    }

    private int sweep(Path directory) throws IOException {
        try {
            return isAbandoned(directory) ? LockedSpoolDirectory.remove(directory) : 0;
        } catch (NoSuchFileException | DirectoryNotEmptyException another) {
            return 0; // another process is removing it
        }
    }

    private boolean isAbandoned(Path directory) throws IOException {
        if (LockedSpoolDirectory.isOfThisProcess(directory)) {
            return false;
        }
        Path lock = LockedSpoolDirectory.lockIn(directory);
        return Files.exists(lock) ? isUnlocked(lock) : isOld(directory);
    }

    private static boolean isUnlocked(Path lock) throws IOException {
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                FileLock acquired = channel.tryLock()) {
            return acquired != null;
        } catch (OverlappingFileLockException another) {
            return false; // another sweep in this JVM holds it
        }
    }

    private boolean isOld(Path directory) throws IOException {
        return Files.getLastModifiedTime(directory)
                .toInstant()
                .isBefore(clock.instant().minus(TIME_TO_LOCK));
    }
}
