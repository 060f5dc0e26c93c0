package io.mediakeep.blob.disk;

import io.mediakeep.persistence.shared.StoreIdentity;
import io.mediakeep.storage.PrivateFiles;
import io.mediakeep.storage.StorageFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;

/** The file with the identity of a directory of blobs and its database. */
final class IdentityFile {
    private static final String NAME = ".mediakeep-store";

    /** In bytes. A longer file is not valid. */
    private static final int MAX_BYTES = 8 * 1024;

    private final Path file;

    IdentityFile(Path directory) {
        this.file = directory.resolve(NAME);
    }

    /**
     * The identity in the file; empty when there is no file.
     *
     * @throws IOException when it cannot be read, or is not valid
     */
    Optional<StoreIdentity> read() throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            return Optional.of(parsed(new String(bytes.readNBytes(MAX_BYTES), StandardCharsets.UTF_8)));
        } catch (NoSuchFileException | NotDirectoryException absent) {
            return Optional.empty();
        }
    }

    private StoreIdentity parsed(String text) throws IOException {
        try {
            return StoreIdentity.ofText(text);
        } catch (IllegalArgumentException noId) {
            throw new IOException(file + " does not begin with an id", noId);
        }
    }

    /** Writes the file atomically. Its name is not forced to disk yet. */
    void write(StoreIdentity identity) throws IOException {
        Path temporary = file.resolveSibling(NAME + "-" + UUID.randomUUID());
        try {
            PrivateFiles.createFile(temporary);
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer text = StandardCharsets.UTF_8.encode(identity.toText());
                while (text.hasRemaining()) {
                    channel.write(text);
                }
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw StorageFailure.on(file, failure);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
