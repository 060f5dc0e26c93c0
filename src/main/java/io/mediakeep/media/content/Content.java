package io.mediakeep.media.content;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.BlobNotFoundException;
import io.mediakeep.blob.BlobSource;
import io.mediakeep.matrix.ContentType;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.media.blob.BlobReader;
import io.mediakeep.media.blob.ReadAhead;
import io.mediakeep.storage.StoreUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Complete, stored content: its metadata and the blob that holds its bytes.
 *
 * @param contentType as the uploader declared it, {@code application/octet-stream} when that was no media type
 * @param fileName the name for saving, if there is one
 * @param size in bytes
 * @param reader reads the blob
 * @param redirectable whether clients may be redirected to where they read it without this server
 */
public record Content(
        ContentType contentType,
        Optional<String> fileName,
        long size,
        BlobLocation blob,
        BlobReader reader,
        boolean redirectable)
        implements DownloadResult {

    @Override
    public Content named(String name) {
        return new Content(contentType, Optional.of(name), size, blob, reader, redirectable);
    }

    /** The SHA-256 of the bytes, 64 lower-case hexadecimal digits. */
    public String sha256() {
        return blob.id().sha256();
    }

    /**
     * Opens the bytes from {@code offset} on, at most {@code length} of them; the caller closes the stream.
     *
     * @throws MatrixException 404 when the bytes are lost, which is recorded; 503 when their store is not available
     */
    public InputStream open(long offset, long length) throws IOException {
        try {
            return reader.open(blob, offset, length);
        } catch (BlobNotFoundException lost) {
            throw recordDamaged();
        }
    }

    /**
     * Opens {@code length} bytes from {@code start} on, for sending; the caller closes the source.
     *
     * @throws MatrixException 404 when the bytes are lost or damaged, which is recorded; 503 when their store is not
     *     available
     */
    public ByteSource source(long start, long length) throws IOException {
        Optional<Path> file = file();
        return file.isPresent() ? fromFile(file.get(), start, length) : fromStream(start, length);
    }

    private ByteSource fromStream(long start, long length) throws IOException {
        Optional<ReadAhead> readAhead = reader.readAhead();
        return readAhead.isPresent()
                ? RemoteSource.open(this, readAhead.get(), start, length)
                : new StoredSource(this, start, length);
    }

    private ByteSource fromFile(Path file, long start, long length) throws IOException {
        try {
            FileSource source = FileSource.open(file, start, length);
            if (source.fileSize() == size) {
                return source;
            }
            source.close();
            throw recordDamaged();
        } catch (NoSuchFileException lost) {
            return fromStream(start, length); // as for a store without files
        }
    }

    /**
     * A URL from which clients may read all bytes without this server; empty when there is none, and when the store does
     * not respond: the bytes may be cached.
     *
     * @param headers of the response at the URL
     * @throws MatrixException 404 when the bytes are lost, which is recorded
     */
    public Optional<BlobSource.Redirect> redirect(BlobSource.Headers headers) throws IOException {
        try {
            return redirectable ? reader.redirect(blob, headers) : Optional.empty();
        } catch (BlobNotFoundException lost) {
            throw recordDamaged();
        } catch (StoreUnavailableException unavailable) {
            return Optional.empty();
        }
    }

    /** The file that holds exactly these bytes, if the store has files. */
    public Optional<Path> file() {
        return reader.file(blob);
    }

    /**
     * Reads all bytes, and returns whether size and hash are as expected.
     *
     * @throws MatrixException 503 when their store is not available
     */
    public boolean isIntact() throws IOException {
        return reader.isIntact(blob, size);
    }

    /** Records that the bytes are lost or damaged; returns the exception for the client (404). */
    public MatrixException recordDamaged() {
        reader.recordDamaged(blob, size);
        return MatrixException.notFound();
    }
}
