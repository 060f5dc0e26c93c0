package io.mediakeep.testing.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.store.fs.FilePath;

/**
 * The disk of each directory whose operations are intercepted: those of H2 with URLs of {@link
 * InterceptedFilePath#SCHEME}, ours with paths of {@link #path}. The files themselves are in the default file system.
 */
public final class Disks {
    private static final Map<Path, Disk> DISKS = new ConcurrentHashMap<>();

    private Disks() {}

    /** Uses a disk for the operations below a directory from now on; returns the real path of the directory. */
    public static Path intercept(Path directory, Disk disk) throws IOException {
        Path root = directory.toRealPath();
        DISKS.put(root, disk);
        FilePath.register(new InterceptedFilePath());
        return root;
    }

    /** Stops using the disk. */
    public static void release(Disk disk) {
        DISKS.values().remove(disk);
    }

    /** The same path, with operations that use the disk. */
    public static Path path(Path real) {
        return InterceptedPath.of(real);
    }

    static Disk of(Path file) {
        return DISKS.entrySet().stream()
                .filter(entry -> file.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(file + " is below no intercepted directory"));
    }
}
