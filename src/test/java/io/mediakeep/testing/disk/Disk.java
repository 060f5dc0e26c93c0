package io.mediakeep.testing.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** The operations on the files below a directory, which a test can record or let fail. */
public interface Disk {

    /** The operations that change files, or the names in a directory. */
    enum Operation {
        WRITE,
        TRUNCATE,
        FORCE,
        CREATE,
        CREATE_DIRECTORY,
        LINK,
        RENAME,
        DELETE
    }

    /** Opens a file in the default file system. */
    interface Opening {
        FileChannel open() throws IOException;
    }

    /** Changes names in the default file system. */
    interface Change {
        void make() throws IOException;
    }

    /** Opens a file; the returned channel carries out the operations on it. */
    FileChannel open(Path file, boolean forWriting, Opening opening) throws IOException;

    /**
     * Changes a name.
     *
     * @param path the file or directory
     * @param target the new name, for {@code RENAME}; the existing name, for {@code LINK}; otherwise the path again
     */
    void change(Operation operation, Path path, Path target, Change change) throws IOException;
}
