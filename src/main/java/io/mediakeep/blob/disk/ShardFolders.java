package io.mediakeep.blob.disk;

import io.mediakeep.blob.BlobId;
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
    Path fileOf(BlobId id) {
        return folderOf(id).resolve(id.sha256());
    }

    /** Sees to it that there is a folder for a blob. */
    void make(BlobId id) throws IOException {
        Path folder = folderOf(id);
        if (!Files.isDirectory(folder)) {
            synchronized (forced) {
                forced.clear(shardOf(id));
            }
            PrivateFiles.makeFolder(folder);
        }
    }

    /**
     * Forces the names in the folder of a blob to disk, and when needed the names of the folder and its parent. The
     * innermost goes first: a journaling file system then writes its journal once for all three.
     */
    void force(BlobId id) throws IOException {
        Path folder = folderOf(id);
        forceFolder(folder);
        synchronized (forced) {
            if (forced.get(shardOf(id))) {
                return;
            }
        }
        forceFolder(outerFolderOf(id));
        forceFolder(root);
        synchronized (forced) {
            forced.set(shardOf(id));
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

    private Path folderOf(BlobId id) {
        return outerFolderOf(id).resolve(id.sha256().substring(2, 4));
    }

    private Path outerFolderOf(BlobId id) {
        return root.resolve(id.sha256().substring(0, 2));
    }

    private static int shardOf(BlobId id) {
        return Integer.parseInt(id.sha256(), 0, 4, 16);
    }
}
