package io.mediakeep.blob.disk;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.persistence.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;

/** The folders that the blobs are spread over: two levels, each named by two digits of the hash. */
final class ShardDirectories {
    private static final int SHARDS = 1 << 16;

    private static final int LEVELS = 2;
    private static final String SHARD_FOLDERS = "[0-9a-f][0-9a-f]";
    private static final String BLOB_FILES = SHARD_FOLDERS + SHARD_FOLDERS + "*";

    private final Path root;
    private final boolean forcible;

    /** The shards whose own names we have forced to disk. That another process made the folder does not tell so. */
    private final BitSet forced = new BitSet(SHARDS);

    /** Of a root that may not exist yet. */
    ShardDirectories(Path root) {
        this.root = root.toAbsolutePath();
        // elsewhere (Windows) a folder cannot be opened, and needs no forcing
        this.forcible = root.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** Makes the root, if need be, so that its name is on disk. */
    void makeRoot() throws IOException {
        makeForced(root);
    }

    /** Forces the names in the root to disk. */
    void forceRoot() throws IOException {
        forceFolder(root);
    }

    /** Where a blob is kept. */
    Path fileOf(BlobLocation location) {
        return folderOf(location).resolve(location.value());
    }

    /**
     * Sees to it that there is a folder for a blob.
     *
     * @throws NoSuchFileException when the root is gone: made anew it would be in the place of a file system that is not
     *     mounted
     */
    void make(BlobLocation location) throws IOException {
        Path folder = folderOf(location);
        if (!Files.isDirectory(folder)) {
            if (!Files.isDirectory(root)) {
                throw new NoSuchFileException(root.toString());
            }
            synchronized (forced) {
                forced.clear(shardOf(location));
            }
            PrivateFiles.makeFolder(folder);
        }
    }

    /**
     * Forces the names in the folder of a blob to disk, and when needed the names of the folder and its parent. The
     * innermost goes first: a journaling file system then writes its journal once for all three.
     */
    void force(BlobLocation location) throws IOException {
        Path folder = folderOf(location);
        forceFolder(folder);
        synchronized (forced) {
            if (forced.get(shardOf(location))) {
                return;
            }
        }
        forceFolder(outerFolderOf(location));
        forceFolder(root);
        synchronized (forced) {
            forced.set(shardOf(location));
        }
    }

    /** Whether none of them holds a blob, as far as we may look. */
    boolean areEmpty() throws IOException {
        return !anyBlobBelow(root, LEVELS);
    }

    private static boolean anyBlobBelow(Path folder, int levels) throws IOException {
        try (DirectoryStream<Path> names = Files.newDirectoryStream(folder, levels == 0 ? BLOB_FILES : SHARD_FOLDERS)) {
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

    private void makeForced(Path folder) throws IOException {
        Path parent = folder.getParent();
        if (parent != null && !Files.isDirectory(folder)) {
            makeForced(parent);
            PrivateFiles.makeFolder(folder);
            forceFolder(parent);
        }
    }

    private void forceFolder(Path folder) throws IOException {
        if (forcible) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private Path folderOf(BlobLocation location) {
        return outerFolderOf(location).resolve(location.value().substring(2, 4));
    }

    private Path outerFolderOf(BlobLocation location) {
        return root.resolve(location.value().substring(0, 2));
    }

    private static int shardOf(BlobLocation location) {
        return Integer.parseInt(location.value(), 0, 4, 16);
    }
}
