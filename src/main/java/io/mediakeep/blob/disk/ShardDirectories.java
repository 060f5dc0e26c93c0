package io.mediakeep.blob.disk;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.storage.PrivateFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.BitSet;

/** The directories that blobs are distributed over: two levels, each named by two digits of the hash. */
final class ShardDirectories {
    private static final int SHARDS = 1 << 16;

    private static final int LEVELS = 2;
    private static final String SHARD_NAMES = "[0-9a-f][0-9a-f]";
    private static final String BLOB_NAMES = SHARD_NAMES + SHARD_NAMES + "*";

    private final Path root;
    private final DirectoryForce directories;

    /**
     * The shards whose own names were forced to disk by this process. Another process may have created a directory
     * without forcing it.
     */
    private final BitSet forced = new BitSet(SHARDS);

    /** Directories below a root that may not exist yet. */
    ShardDirectories(Path root) {
        this.root = root.toAbsolutePath();
        this.directories = new DirectoryForce(root.getFileSystem());
    }

    /** Creates the root if necessary, and forces its name to disk. */
    void createRoot() throws IOException {
        directories.create(root);
    }

    /** Forces the names in the root to disk. */
    void forceRoot() throws IOException {
        directories.force(root);
    }

    /** The file of a blob. */
    Path fileOf(BlobLocation location) {
        return directoryOf(location).resolve(location.value());
    }

    /**
     * Creates the directory of a blob if necessary.
     *
     * @throws NoSuchFileException when the root is missing: created again it would be in the place of a file system
     *     that is not mounted
     */
    void create(BlobLocation location) throws IOException {
        Path directory = directoryOf(location);
        if (!Files.isDirectory(directory)) {
            if (!Files.isDirectory(root)) {
                throw new NoSuchFileException(root.toString());
            }
            synchronized (forced) {
                forced.clear(shardOf(location));
            }
            PrivateFiles.createDirectories(directory);
        }
    }

    /**
     * Forces the names in the directory of a blob to disk, and if necessary the names of the directory and its parent.
     * The innermost goes first: a journaling file system then writes its journal once for all three.
     */
    void force(BlobLocation location) throws IOException {
        Path directory = directoryOf(location);
        directories.force(directory);
        synchronized (forced) {
            if (forced.get(shardOf(location))) {
                return;
            }
        }
        directories.force(parentOf(location));
        directories.force(root);
        synchronized (forced) {
            forced.set(shardOf(location));
        }
    }

    /** Whether no directory has a blob; stops at the first. */
    boolean isEmpty() throws IOException {
        return !anyBlobBelow(root, LEVELS);
    }

    private static boolean anyBlobBelow(Path directory, int levels) throws IOException {
        try (DirectoryStream<Path> names =
                Files.newDirectoryStream(directory, levels == 0 ? BLOB_NAMES : SHARD_NAMES)) {
            for (Path name : names) {
                if (levels == 0 || anyBlobBelow(name, levels - 1)) {
                    return true;
                }
            }
            return false;
        } catch (NoSuchFileException | NotDirectoryException none) {
            return false;
        }
    }

    private Path directoryOf(BlobLocation location) {
        return parentOf(location).resolve(location.value().substring(2, 4));
    }

    private Path parentOf(BlobLocation location) {
        return root.resolve(location.value().substring(0, 2));
    }

    private static int shardOf(BlobLocation location) {
        return Integer.parseInt(location.value(), 0, 4, 16);
    }
}
