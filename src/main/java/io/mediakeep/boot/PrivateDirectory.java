package io.mediakeep.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;

/**
 * A directory that only this user can change, so that code in it can be run. Where files have no POSIX owners, any
 * directory is accepted.
 */
final class PrivateDirectory {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private PrivateDirectory() {}

    /**
     * Creates the directory, or removes the permissions of other users from an existing one.
     *
     * @throws IOException when it belongs to another user, or is not a directory
     */
    static void create(Path directory) throws IOException {
        if (!hasOwners(directory)) {
            Files.createDirectories(directory);
            return;
        }
        Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        if (!Files.isSymbolicLink(directory) && Files.getOwner(directory).equals(currentUser())) {
            Files.setPosixFilePermissions(directory, OWNER_ONLY);
        }
        check(directory);
    }

    /** @throws IOException when other users can change its contents */
    static void check(Path directory) throws IOException {
        if (!hasOwners(directory)) {
            return;
        }
        PosixFileAttributes found =
                Files.readAttributes(directory, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        boolean othersMayWrite = found.permissions().contains(PosixFilePermission.GROUP_WRITE)
                || found.permissions().contains(PosixFilePermission.OTHERS_WRITE);
        if (!found.isDirectory() || othersMayWrite || !found.owner().equals(currentUser())) {
            throw new IOException(directory + " is not a directory that only this user can change;"
                    + " remove it, or set XDG_CACHE_HOME to a directory of this user");
        }
    }

    private static boolean hasOwners(Path directory) {
        return directory.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** The owner of new files; in a container the user may have no name. */
    private static UserPrincipal currentUser() throws IOException {
        Path file = Files.createTempFile("mediakeep", null);
        try {
            return Files.getOwner(file);
        } finally {
            Files.delete(file);
        }
    }
}
