package io.mediakeep.blob.disk;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.BlobNotFoundException;
import io.mediakeep.blob.BlobStore;
import io.mediakeep.blob.FileRange;
import io.mediakeep.blob.Spool;
import io.mediakeep.persistence.StoreIdentity;
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
 * Keeps each blob as a file of its own, {@code ab/cd/<location>}. Files appear whole or not at all; their names are on
 * disk, too, when {@link #put} returns.
 */
public final class DiskBlobStore implements BlobStore {
    private final ShardDirectories folders;
    private final IdentityFile identity;

    /** Keeps the blobs below a root, which {@link #identify} makes. */
    public DiskBlobStore(Path root) {
        this.folders = new ShardDirectories(root);
        this.identity = new IdentityFile(root);
    }

    /** A file that is there is replaced: that costs the same, and mends a damaged one. */
    @Override
    public void put(Spool spool, BlobLocation location) throws IOException {
        folders.make(location);
        Path target = folders.fileOf(location);
        Path draft = target.resolveSibling("draft-" + UUID.randomUUID());
        try {
            draw(spool.file(), draft);
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
        folders.force(location);
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
    public InputStream open(BlobLocation location, long offset, long length) throws IOException {
        try {
            return FileRange.open(folders.fileOf(location), offset, length);
        } catch (NoSuchFileException absent) {
            throw new BlobNotFoundException(location);
        }
    }

    @Override
    public Optional<Path> file(BlobLocation location) {
        return Optional.of(folders.fileOf(location)).filter(Files::isRegularFile);
    }

    @Override
    public void delete(BlobLocation location) throws IOException {
        if (Files.deleteIfExists(folders.fileOf(location))) {
            folders.force(location);
        }
    }

    @Override
    public Optional<StoreIdentity> identity() throws IOException {
        return identity.read();
    }

    @Override
    public void identify(StoreIdentity belonging) throws IOException {
        folders.makeRoot();
        identity.write(belonging);
        folders.forceRoot();
    }

    @Override
    public boolean isEmpty() throws IOException {
        return folders.areEmpty();
    }
}
