package io.mediakeep.blob.disk;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.persistence.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;

/** The folders that the blobs are spread over: two levels, each named by two digits of the hash. */
final class ShardFolders {
    private static final int SHARDS = 1 << 16;

    private final Path root;
    private final boolean forcible;

    /** The shards whose own names we have forced to disk. That another process made the folder does not tell so. */
    private final BitSet forced = new BitSet(SHARDS);

    ShardFolders(Path root) throws IOException {
        this.root = root.toAbsolutePath();
        // elsewhere (Windows) a folder cannot be opened, and needs no forcing
        this.forcible = root.getFileSystem().supportedFileAttributeViews().contains("posix");
        makeForced(this.root);
    }

    /** Where a blob is kept. */
    Path fileOf(BlobLocation location) {
        return folderOf(location).resolve(location.value());
    }

    /** Sees to it that there is a folder for a blob. */
    void make(BlobLocation location) throws IOException {
        Path folder = folderOf(location);
        if (!Files.isDirectory(folder)) {
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
