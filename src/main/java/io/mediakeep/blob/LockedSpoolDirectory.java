package io.mediakeep.blob;

import io.mediakeep.storage.PrivateFiles;
import java.io.Closeable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A directory of spool files with a lock file, on which the operating system holds a lock while its process lives. The
 * lock file gets its name only once it is locked, so a directory with an unlocked lock file is abandoned.
 */
final class LockedSpoolDirectory implements Closeable {
    private static final String PREFIX = "receiving-";
    private static final String LOCK = ".lock";

    private final Path path;
    private final FileChannel lock;

    private LockedSpoolDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Creates a locked directory with a unique name, accessible by this user only. */
    static LockedSpoolDirectory create(Path root) throws IOException {
        Path path = Files.createTempDirectory(root, prefixOfThisProcess());
        try {
            return new LockedSpoolDirectory(path, lock(path));
        } catch (IOException | RuntimeException failure) {
            remove(path);
            throw failure;
        }
    }

    @SuppressWarnings("resource") // the channel stays open as long as the directory
    private static FileChannel lock(Path path) throws IOException {
        Path unlocked = path.resolve(LOCK + ".new");
        PrivateFiles.createFile(unlocked);
        FileChannel channel = FileChannel.open(unlocked, StandardOpenOption.WRITE);
        try {
            channel.lock();
            Files.move(unlocked, lockIn(path), StandardCopyOption.ATOMIC_MOVE);
            return channel;
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    /** A new, empty file, readable by this user only. */
    Path newFile() throws IOException {
        return Files.createTempFile(path, "", "");
    }

    /** Whether a path below the root is a spool directory. */
    static boolean isSpoolDirectory(Path path) {
        return path.getFileName().toString().startsWith(PREFIX);
    }

    /**
     * Whether a directory was created by this very JVM. Its lock file must not be opened: where locks belong to
     * processes (POSIX), opening and closing the file once more would release the lock.
     */
    static boolean isOfThisProcess(Path path) {
        return path.getFileName().toString().startsWith(prefixOfThisProcess());
    }

    /** The lock file of a directory. */
    static Path lockIn(Path path) {
        return path.resolve(LOCK);
    }

    /** Removes a directory, its lock file last; returns the number of spool files in it. */
    static int remove(Path path) throws IOException {
        int removed = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path, file -> !isLock(file))) {
            for (Path file : files) {
                if (Files.deleteIfExists(file)) {
                    removed++;
                }
            }
        }
        Files.deleteIfExists(lockIn(path));
        Files.deleteIfExists(path);
        return removed;
    }

    @Override
    public void close() throws IOException {
        lock.close();
        if (Files.exists(path)) {
            remove(path);
        }
    }

    private static boolean isLock(Path file) {
        return file.getFileName().toString().equals(LOCK);
    }

    /** Has the start time too, since the process id in a container is the same after each start. */
    private static String prefixOfThisProcess() {
        return PREFIX + ManagementFactory.getRuntimeMXBean().getPid() + "-"
                + Long.toHexString(ManagementFactory.getRuntimeMXBean().getStartTime()) + "-";
    }
}
