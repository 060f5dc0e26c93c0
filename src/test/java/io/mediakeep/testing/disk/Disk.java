package io.mediakeep.testing.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** What the operations on the files below a directory go through, so that a test can record them or have them fail. */
public interface Disk {

    /** The operations that change files, or the names in a directory. */
    enum Operation {
        WRITE,
        TRUNCATE,
        FORCE,
        CREATE,
        CREATE_FOLDER,
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

    /** Opens a file; the channel that is answered carries out what is done to it. */
    FileChannel open(Path file, boolean forWriting, Opening opening) throws IOException;

    /**
     * Makes a change of names.
     *
     * @param path the file or directory it happens to
     * @param target the new name, for {@code RENAME}; the existing name, for {@code LINK}; else the path once more
     */
    void change(Operation operation, Path path, Path target, Change change) throws IOException;
}
