package io.mediakeep.media.content;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.BlobNotFoundException;
import io.mediakeep.matrix.ContentType;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.media.blob.BlobReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A whole body that we send: what it is, and where its bytes are.
 *
 * @param contentType as the uploader named it, {@code application/octet-stream} when that was no type
 * @param fileName the name it is saved under, if there is one
 * @param size in bytes
 * @param reader reads the bytes
 */
public record Content(
        ContentType contentType, Optional<String> fileName, long size, BlobLocation blob, BlobReader reader)
        implements DownloadResult {

    @Override
    public Content named(String name) {
        return new Content(contentType, Optional.of(name), size, blob, reader);
    }

    /** The SHA-256 of the bytes, 64 lower-case hexadecimal digits: equal for equal bytes, and for no others. */
    public String sha256() {
        return blob.id().sha256();
    }

    /**
     * Opens the bytes from {@code offset} on, at most {@code length} of them; the caller closes the stream.
     *
     * @throws MatrixException 404 when the bytes are gone, which is noted; 503 when their store is
     */
    public InputStream open(long offset, long length) throws IOException {
        try {
            return reader.open(blob, offset, length);
        } catch (BlobNotFoundException gone) {
            throw damaged();
        }
    }

    /**
     * Opens {@code length} bytes from {@code start} on, to be sent; the caller closes the source.
     *
     * @throws MatrixException 404 when the bytes are gone or damaged, which is noted; 503 when their store is gone
     */
    public ByteSource source(long start, long length) throws IOException {
        Optional<Path> file = file();
        return file.isPresent() ? fromFile(file.get(), start, length) : new StoredSource(this, start, length);
    }

    private ByteSource fromFile(Path file, long start, long length) throws IOException {
        try {
            FileSource source = FileSource.open(file, start, length);
            if (source.fileSize() == size) {
                return source;
            }
            source.close();
            throw damaged();
        } catch (NoSuchFileException gone) {
            return new StoredSource(this, start, length); // as where there was no file to begin with
        }
    }

    /** The file that holds just these bytes, where there is one. */
    public Optional<Path> file() {
        return reader.file(blob);
    }

    /**
     * Reads all bytes, and answers whether they are what was kept.
     *
     * @throws MatrixException 503 when their store is gone
     */
    public boolean isSound() throws IOException {
        return reader.isSound(blob, size);
    }

    /** Has it noted that the bytes are lost or damaged; answers the refusal for who asked for them (404). */
    public MatrixException damaged() {
        reader.damaged(blob, size);
        return MatrixException.notFound();
    }
}
