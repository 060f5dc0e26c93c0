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

/** A folder that only our user can change, so that what lies in it can be run. Where there are no owners, any folder is. */
final class PrivateDirectory {
    private static final Set<PosixFilePermission> OURS = PosixFilePermissions.fromString("rwx------");

    private PrivateDirectory() {}

    /**
     * Makes it, or takes the permissions of others from one that is ours.
     *
     * @throws IOException when it is somebody else's, or no folder
     */
    static void make(Path folder) throws IOException {
        if (!hasOwners(folder)) {
            Files.createDirectories(folder);
            return;
        }
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OURS));
        if (!Files.isSymbolicLink(folder) && Files.getOwner(folder).equals(us())) {
            Files.setPosixFilePermissions(folder, OURS);
        }
        check(folder);
    }

    /** @throws IOException when others could have changed what is in it */
    static void check(Path folder) throws IOException {
        if (!hasOwners(folder)) {
            return;
        }
        PosixFileAttributes found = Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        boolean othersMayWrite = found.permissions().contains(PosixFilePermission.GROUP_WRITE)
                || found.permissions().contains(PosixFilePermission.OTHERS_WRITE);
        if (!found.isDirectory() || othersMayWrite || !found.owner().equals(us())) {
            throw new IOException(folder + " is not a folder that only this user can change;"
                    + " remove it, or set XDG_CACHE_HOME to a folder that is this user's own");
        }
    }

    private static boolean hasOwners(Path folder) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** Whom files belong to that we make; the name of a user may be unknown in a container. */
    private static UserPrincipal us() throws IOException {
        Path file = Files.createTempFile("mediakeep", null);
        try {
            return Files.getOwner(file);
        } finally {
            Files.delete(file);
        }
    }
}
