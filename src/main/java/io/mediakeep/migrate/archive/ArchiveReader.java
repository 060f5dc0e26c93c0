package io.mediakeep.migrate.archive;

import io.mediakeep.blob.BlobId;
import io.mediakeep.migrate.source.SourceEntry;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/** Reads a part of an archive from its beginning to its end. Nothing is assumed of it. */
public final class ArchiveReader implements Closeable {
    /** A manifest has 1,000 items; each takes some hundred bytes, and in the worst case some thousand. */
    private static final int MAX_MANIFEST_BYTES = 16 << 20;

    private final TarArchiveInputStream tar;
    private final List<SourceEntry> media;

    /**
     * Reads the manifest.
     *
     * @param archive is closed with this
     * @throws InvalidArchiveException when it is no archive
     */
    public ArchiveReader(InputStream archive) throws IOException {
        this.tar = new TarArchiveInputStream(archive);
        TarArchiveEntry first = first();
        if (first == null || !first.getName().equals(TarFile.MANIFEST) || first.getSize() > MAX_MANIFEST_BYTES) {
            throw new InvalidArchiveException("it does not begin with a manifest");
        }
        this.media = Manifest.parse(tar.readNBytes(MAX_MANIFEST_BYTES));
    }

    private @Nullable TarArchiveEntry first() throws InvalidArchiveException {
        try {
            return tar.getNextEntry();
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new InvalidArchiveException(String.valueOf(unreadable.getMessage()));
        }
    }

    private @Nullable TarArchiveEntry next() throws IOException {
        try {
            return tar.getNextEntry();
        } catch (IllegalArgumentException malformed) { // a number in a header
            throw new InvalidArchiveException(String.valueOf(malformed.getMessage()));
        }
    }

    /** The media in the manifest. */
    public List<SourceEntry> media() {
        return media;
    }

    /**
     * A content of the archive.
     *
     * @param hash as its name says
     * @param bytes to be read before the next one is; not to be closed
     */
    public record ArchivedContent(BlobId hash, InputStream bytes) {}

    /** The next content; empty at the end of the archive. Other files are skipped. */
    public Optional<ArchivedContent> nextContent() throws IOException {
        for (TarArchiveEntry entry = next(); entry != null; entry = next()) {
            Optional<BlobId> hash = hashIn(entry);
            if (hash.isPresent()) {
                return Optional.of(new ArchivedContent(hash.get(), tar));
            }
        }
        return Optional.empty();
    }

    private static Optional<BlobId> hashIn(TarArchiveEntry entry) {
        if (!entry.isFile() || !entry.getName().startsWith(TarFile.CONTENT)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BlobId(entry.getName().substring(TarFile.CONTENT.length())));
        } catch (IllegalArgumentException noHash) {
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }
}
