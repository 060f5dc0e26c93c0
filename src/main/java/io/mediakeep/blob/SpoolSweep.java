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

/** Looks for the folders of dead processes below a root and removes them. */
final class SpoolSweep {
    /** How long a folder may be without its lock file before we take its maker for dead. */
    private static final Duration TIME_TO_LOCK = Duration.ofMinutes(1);

    private final Path root;
    private final InstantSource clock;

    SpoolSweep(Path root, InstantSource clock) {
        this.root = root;
        this.clock = clock;
    }

    /** Answers the number of spool files removed. */
    synchronized int run() throws IOException {
        if (!Files.isDirectory(root)) {
            return 0; // its file system is not mounted
        }
        int removed = 0;
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(root, LockedSpoolDirectory::isOne)) {
            for (Path folder : folders) {
                removed += sweep(folder);
            }
        }
        return removed;
    }

    private int sweep(Path folder) throws IOException {
        try {
            return isAbandoned(folder) ? LockedSpoolDirectory.remove(folder) : 0;
        } catch (NoSuchFileException | DirectoryNotEmptyException another) {
            return 0; // somebody else sweeps it
        }
    }

    private boolean isAbandoned(Path folder) throws IOException {
        if (LockedSpoolDirectory.isOfThisProcess(folder)) {
            return false;
        }
        Path lock = LockedSpoolDirectory.lockIn(folder);
        return Files.exists(lock) ? canBeHad(lock) : isOlderThanItTakesToLock(folder);
    }

    private static boolean canBeHad(Path lock) throws IOException {
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                FileLock had = channel.tryLock()) {
            return had != null;
        } catch (OverlappingFileLockException another) {
            return false; // another sweep in this JVM has it
        }
    }

    private boolean isOlderThanItTakesToLock(Path folder) throws IOException {
        return Files.getLastModifiedTime(folder)
                .toInstant()
                .isBefore(clock.instant().minus(TIME_TO_LOCK));
    }
}
