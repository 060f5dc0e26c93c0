package io.mediakeep.migrate.export;

import io.mediakeep.blob.BlobId;
import io.mediakeep.blob.BlobNotFoundException;
import io.mediakeep.matrix.Sha256;
import io.mediakeep.media.blob.BlobReader;
import io.mediakeep.migrate.archive.ArchivedMedia;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/** The media store of a Synapse, which files are written into. */
final class SynapseFiles {
    /** The names in a path: of the directory, of both shards, and of the file; there is the origin, too, where it is remote. */
    private static final int MIN_NAMES = 4;

    private final Path root;
    private final BlobReader reader;

    /** @param reader reads the content */
    SynapseFiles(Path root, BlobReader reader) {
        this.root = root.toAbsolutePath().normalize();
        this.reader = reader;
    }

    /**
     * Writes a file, unless one of its size exists: the file of an id never changes.
     *
     * @param path below the root
     * @return why there is none; empty when it is complete and forced to disk
     * @throws IOException when it cannot be written
     */
    Optional<String> write(ArchivedMedia media, String path) throws IOException {
        Path file = root.resolve(path);
        if (!file.equals(file.normalize()) || root.relativize(file).getNameCount() < MIN_NAMES) {
            return Optional.of("Its id cannot be that of a file of Synapse");
        }
        if (media.row().size() > Integer.MAX_VALUE) {
            return Optional.of("Synapse has no number for its " + media.row().size() + " bytes");
        }
        if (Files.isRegularFile(file) && Files.size(file) == media.row().size()) {
            return Optional.empty();
        }
        try (InputStream content = reader.open(media.blob(), 0, media.row().size())) {
            return copy(content, media.hash(), file);
        } catch (BlobNotFoundException lost) {
            return Optional.of("Its content is lost");
        }
    }

    /** Files appear whole. */
    private static Optional<String> copy(InputStream content, BlobId expected, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Path temporary = file.resolveSibling("export-" + UUID.randomUUID());
        try {
            DigestInputStream bytes = new DigestInputStream(content, Sha256.newDigest());
            Files.copy(bytes, temporary);
            String hash = HexFormat.of().formatHex(bytes.getMessageDigest().digest());
            if (!hash.equals(expected.sha256())) {
                return Optional.of("Its content is damaged");
            }
            try (FileChannel written = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            return Optional.empty();
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
