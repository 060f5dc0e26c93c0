package io.mediakeep.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A folder that only our user can enter. */
final class OwnFolder {
    private OwnFolder() {}

    /**
     * Makes it unless it is there; one that is there keeps the permissions that somebody gave it.
     *
     * @throws IOException when it cannot be made or not be written to
     */
    static void make(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder);
        }
        Files.delete(Files.createTempFile(folder, "writable", ""));
    }
}
