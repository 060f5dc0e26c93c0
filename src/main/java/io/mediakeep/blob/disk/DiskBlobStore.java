package io.mediakeep.blob.disk;

import io.mediakeep.blob.BlobId;
import io.mediakeep.blob.BlobNotFoundException;
import io.mediakeep.blob.BlobStore;
import io.mediakeep.blob.Spool;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps each blob as a file of its own, {@code ab/cd/<hash>}. Files appear whole or not at all; their names are on
 * disk, too, when {@link #put} returns.
 */
public final class DiskBlobStore implements BlobStore {
    private final ShardFolders folders;

    /** Keeps the blobs below a root, which is made if need be. */
    public DiskBlobStore(Path root) throws IOException {
        this.folders = new ShardFolders(root);
    }

    /** Known content is replaced: that costs the same, and mends a damaged file. */
    @Override
    public void put(Spool spool) throws IOException {
        folders.make(spool.id());
        Path target = folders.fileOf(spool.id());
        Path draft = target.resolveSibling("draft-" + UUID.randomUUID());
        try {
            draw(spool.file(), draft);
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
        folders.force(spool.id());
    }

    /** A second name for the spooled file, which is on disk already; where there can be none, a copy that is forced. */
    private static void draw(Path spooled, Path draft) throws IOException {
        try {
            Files.createLink(draft, spooled);
        } catch (FileSystemException | UnsupportedOperationException otherFileSystem) {
            Files.copy(spooled, draft, StandardCopyOption.COPY_ATTRIBUTES); // only our user may read the spool
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        }
    }

    @Override
    public InputStream open(BlobId id, long offset, long length) throws IOException {
        try {
            return FileRange.open(folders.fileOf(id), offset, length);
        } catch (NoSuchFileException absent) {
            throw new BlobNotFoundException(id);
        }
    }

    @Override
    public Optional<Path> file(BlobId id) {
        return Optional.of(folders.fileOf(id)).filter(Files::isRegularFile);
    }

    @Override
    public void delete(BlobId id) throws IOException {
        if (Files.deleteIfExists(folders.fileOf(id))) {
            folders.force(id);
        }
    }
}
