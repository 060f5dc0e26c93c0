package io.mediakeep.persistence;

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
 * Files and folders that only our user can use, whatever the umask: modes 0600 and 0700. On file systems without POSIX
 * permissions they are made as usual.
 */
public final class PrivateFiles {
    private static final Set<PosixFilePermission> OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private PrivateFiles() {}

    /**
     * Makes a folder, and the folders above it that are missing, unless it exists.
     *
     * @throws IOException when it cannot be made, or exists and is no folder
     */
    public static void makeFolder(Path folder) throws IOException {
        Files.createDirectories(folder, attributes(folder, "rwx------"));
    }

    /**
     * Makes an empty file, and the folders above it that are missing, unless something of that name exists.
     *
     * @throws IOException when it cannot be made
     */
    public static void makeFile(Path file) throws IOException {
        @Nullable Path parent = file.getParent();
        if (parent != null) {
            makeFolder(parent);
        }
        if (!Files.exists(file)) {
            Files.createFile(file, attributes(file, "rw-------"));
        }
    }

    /**
     * Takes all permissions of the group and of others from a file or folder.
     *
     * @return whether they had any
     * @throws IOException when they had, and cannot be changed, as when another user owns it
     */
    public static boolean narrow(Path path) throws IOException {
        if (!isPosix(path) || !Files.exists(path)) {
            return false;
        }
        Set<PosixFilePermission> kept = EnumSet.copyOf(OWNER);
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
        kept.retainAll(permissions);
        if (kept.equals(permissions)) {
            return false;
        }
        Files.setPosixFilePermissions(path, kept);
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
