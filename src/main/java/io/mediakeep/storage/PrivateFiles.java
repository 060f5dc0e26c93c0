package io.mediakeep.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Files and directories with permissions for our user only, whatever the umask: modes 0600 and 0700. On file systems
 * without POSIX permissions they have the default ones.
 */
public final class PrivateFiles {
    private static final Set<PosixFilePermission> OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private PrivateFiles() {}

    /**
     * Creates a directory and its missing parents, unless it exists.
     *
     * @throws IOException when it cannot be created, or exists and is not a directory
     */
    public static void createDirectories(Path directory) throws IOException {
        Files.createDirectories(directory, attributes(directory, "rwx------"));
    }

    /**
     * Creates an empty file and its missing parents, unless something of that name exists.
     *
     * @throws IOException when it cannot be created
     */
    public static void createFile(Path file) throws IOException {
        @Nullable Path parent = file.getParent();
        if (parent != null) {
            createDirectories(parent);
        }
        if (!Files.exists(file)) {
            Files.createFile(file, attributes(file, "rw-------"));
        }
    }

    /**
     * Removes all permissions of group and others.
     *
     * @return whether there were any
     * @throws IOException when there were, and they cannot be changed, as when another user owns the file
     */
    public static boolean restrict(Path path) throws IOException {
        if (!isPosix(path) || !Files.exists(path)) {
            return false;
        }
        Set<PosixFilePermission> restricted = EnumSet.copyOf(OWNER);
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
        restricted.retainAll(permissions);
        if (restricted.equals(permissions)) {
            return false;
        }
        Files.setPosixFilePermissions(path, restricted);
        return true;
    }

    private static FileAttribute<?>[] attributes(Path path, String permissions) {
        return isPosix(path)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
