package io.mediakeep.blob.disk;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.BlobNotFoundException;
import io.mediakeep.blob.BlobStore;
import io.mediakeep.blob.FileRange;
import io.mediakeep.blob.Spool;
import io.mediakeep.persistence.shared.StoreIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Stores each blob as a file, {@code ab/cd/<location>}. Files appear atomically; their names are forced to disk when
 * {@link #put} returns.
 */
public final class DiskBlobStore implements BlobStore {
    private final Path root;
    private final ShardDirectories directories;
    private final IdentityFile identity;

    /** A store below a root, which {@link #identify} creates. */
    public DiskBlobStore(Path root) {
        this.root = root;
        this.directories = new ShardDirectories(root);
        this.identity = new IdentityFile(root);
    }

    /** Replaces an existing file, which takes the same time, and repairs a damaged one. */
    @Override
    public void put(Spool spool, BlobLocation location) throws IOException {
        directories.create(location);
        Path target = directories.fileOf(location);
        Path temporary = target.resolveSibling("draft-" + UUID.randomUUID());
        try {
            linkOrCopy(spool.file(), temporary);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        directories.force(location);
    }

    /**
     * Links the spooled file, which is forced to disk already; where hard links are not possible, copies and forces it.
     */
    private static void linkOrCopy(Path spooled, Path temporary) throws IOException {
        try {
            Files.createLink(temporary, spooled);
        } catch (FileSystemException | UnsupportedOperationException otherFileSystem) {
            Files.copy(spooled, temporary, StandardCopyOption.COPY_ATTRIBUTES); // readable by this user only
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        }
    }

    @Override
    public InputStream open(BlobLocation location, long offset, long length) throws IOException {
        try {
            return FileRange.open(directories.fileOf(location), offset, length);
        } catch (NoSuchFileException absent) {
            throw new BlobNotFoundException(location);
        }
    }

    @Override
    public Optional<Path> file(BlobLocation location) {
        return Optional.of(directories.fileOf(location)).filter(Files::isRegularFile);
    }

    @Override
    public void delete(BlobLocation location) throws IOException {
        if (Files.deleteIfExists(directories.fileOf(location))) {
            directories.force(location);
        }
    }

    @Override
    public List<Listed> list(Optional<BlobLocation> after, int max) throws IOException {
        return new ShardListing(after, max).below(root);
    }

    @Override
    public Optional<StoreIdentity> identity() throws IOException {
        return identity.read();
    }

    @Override
    public void identify(StoreIdentity newIdentity) throws IOException {
        directories.createRoot();
        identity.write(newIdentity);
        directories.forceRoot();
    }

    @Override
    public boolean isEmpty() throws IOException {
        return directories.isEmpty();
    }
}
