package io.mediakeep.blob.disk;

import io.mediakeep.storage.PrivateFiles;
import io.mediakeep.storage.StorageFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Forces the names in directories to disk, which is required for new files to survive a power loss. */
final class DirectoryForce {
    private final boolean supported;

    /** On other file systems than POSIX ones (Windows) a directory cannot be opened, and need not be forced. */
    DirectoryForce(FileSystem fileSystem) {
        this.supported = fileSystem.supportedFileAttributeViews().contains("posix");
    }

    /** Forces the names in a directory to disk. */
    void force(Path directory) throws IOException {
        if (supported) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            } catch (IOException failure) {
                throw StorageFailure.on(directory, failure);
            }
        }
    }

    /** Creates a directory and its missing parents, accessible by this user only, and forces their names to disk. */
    void create(Path directory) throws IOException {
        Path parent = directory.getParent();
        if (parent != null && !Files.isDirectory(directory)) {
            create(parent);
            PrivateFiles.createDirectories(directory);
            force(parent);
        }
    }
}
