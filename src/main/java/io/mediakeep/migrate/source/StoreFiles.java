package io.mediakeep.migrate.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The files of a media store. Their paths come from rows, so a path is opened only if it has no dot segments, and what
 * it leads to is a regular file below the directory, also after symbolic links.
 */
final class StoreFiles {
    private final Path root;

    StoreFiles(Path root) {
        this.root = root;
    }

    /**
     * The file at a path.
     *
     * @throws NoSuchFileException when there is none that may be read
     * @throws SourceUnavailableException when the whole directory is missing, as where it is not mounted
     */
    Path find(String path) throws IOException {
        Path realRoot = realRoot();
        Path file = below(realRoot, path).toRealPath();
        if (!file.startsWith(realRoot) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(path, null, "not a file of this store");
        }
        return file;
    }

    private Path realRoot() {
        try {
            return root.toRealPath();
        } catch (IOException missing) {
            throw new SourceUnavailableException("its directory " + root + " cannot be read", missing);
        }
    }

    private static Path below(Path realRoot, String path) throws IOException {
        try {
            Path file = realRoot.resolve(path);
            if (file.equals(file.normalize()) && file.startsWith(realRoot)) {
                return file;
            }
        } catch (InvalidPathException noPath) {
            // rejected below
        }
        throw new NoSuchFileException(path, null, "not a path below this store");
    }
}
