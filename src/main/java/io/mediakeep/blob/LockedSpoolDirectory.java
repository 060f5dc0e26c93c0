package io.mediakeep.blob;

import io.mediakeep.persistence.PrivateFiles;
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
 * One folder of spool files. The operating system holds a lock on its lock file for as long as its process lives. The
 * file gets its name only when it is locked, so a folder that has it, unlocked, is surely abandoned.
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

    /** Makes a locked folder with a name of its own, which only our user can enter. */
    @SuppressWarnings("resource") // the channel stays open as long as the folder
    static LockedSpoolDirectory create(Path root) throws IOException {
        Path path = Files.createTempDirectory(root, ours());
        Path unlocked = path.resolve(LOCK + ".new");
        PrivateFiles.makeFile(unlocked);
        FileChannel channel = FileChannel.open(unlocked, StandardOpenOption.WRITE);
        try {
            channel.lock();
            Files.move(unlocked, lockIn(path), StandardCopyOption.ATOMIC_MOVE);
            return new LockedSpoolDirectory(path, channel);
        } catch (IOException | RuntimeException failure) {
            channel.close();
            remove(path);
            throw failure;
        }
    }

    /** A new, empty file that only our user can read. */
    Path newFile() throws IOException {
        return Files.createTempFile(path, "", "");
    }

    /** Whether a name below the root is that of a spool folder. */
    static boolean isOne(Path path) {
        return path.getFileName().toString().startsWith(PREFIX);
    }

    /**
     * Whether a folder was made by this very JVM. Its lock file must not be touched: where locks belong to processes
     * (POSIX), opening and closing the file once more would give up the lock.
     */
    static boolean isOfThisProcess(Path path) {
        return path.getFileName().toString().startsWith(ours());
    }

    /** The lock file of a folder. */
    static Path lockIn(Path path) {
        return path.resolve(LOCK);
    }

    /** Removes a folder, the lock file last; answers the number of spool files it held. */
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

    /** The process id alone would not do: in a container it is the same after each start. */
    private static String ours() {
        return PREFIX + ManagementFactory.getRuntimeMXBean().getPid() + "-"
                + Long.toHexString(ManagementFactory.getRuntimeMXBean().getStartTime()) + "-";
    }
}
