package io.mediakeep.blob.disk;

import io.mediakeep.persistence.PrivateFiles;
import io.mediakeep.persistence.StoreIdentity;
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

/** The file that says to which database a folder of blobs belongs: a line with the id, and one with the database. */
final class IdentityFile {
    private static final String NAME = ".mediakeep-store";

    /** In bytes. What is longer is none of ours. */
    private static final int LONGEST = 8 * 1024;

    private final Path file;

    IdentityFile(Path folder) {
        this.file = folder.resolve(NAME);
    }

    /**
     * What the file says; empty when there is none.
     *
     * @throws IOException when it cannot be read, or says something else
     */
    Optional<StoreIdentity> read() throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            return Optional.of(parsed(new String(bytes.readNBytes(LONGEST), StandardCharsets.UTF_8)));
        } catch (NoSuchFileException | NotDirectoryException absent) {
            return Optional.empty();
        }
    }

    private StoreIdentity parsed(String text) throws IOException {
        String[] lines = text.split("\n", 2);
        try {
            return new StoreIdentity(UUID.fromString(lines[0]), lines.length < 2 ? "" : lines[1].strip());
        } catch (IllegalArgumentException noId) {
            throw new IOException(file + " should begin with an id, and does not", noId);
        }
    }

    /** Writes the file, whole or not at all. Its name is yet to be forced to disk. */
    void write(StoreIdentity identity) throws IOException {
        Path draft = file.resolveSibling(NAME + "-" + UUID.randomUUID());
        try {
            PrivateFiles.makeFile(draft);
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                ByteBuffer text = StandardCharsets.UTF_8.encode(identity.id() + "\n" + identity.partner() + "\n");
                while (text.hasRemaining()) {
                    channel.write(text);
                }
                channel.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
