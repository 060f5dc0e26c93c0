package io.mediakeep.media;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.BlobNotFoundException;
import io.mediakeep.blob.BlobStore;
import io.mediakeep.matrix.ContentType;
import io.mediakeep.matrix.MatrixException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A whole body that we send: what it is, and where its bytes are.
 *
 * @param contentType as the uploader named it, {@code application/octet-stream} when that was no type
 * @param fileName the name it is saved under, if there is one
 * @param size in bytes
 */
public record Content(ContentType contentType, Optional<String> fileName, long size, BlobLocation blob, BlobStore store)
        implements Delivery {
    private static final Logger log = LoggerFactory.getLogger(Content.class);

    @Override
    public Content named(String name) {
        return new Content(contentType, Optional.of(name), size, blob, store);
    }

    /** The SHA-256 of the bytes, 64 lower-case hexadecimal digits: equal for equal bytes, and for no others. */
    public String sha256() {
        return blob.id().sha256();
    }

    /**
     * Opens the bytes from {@code offset} on, at most {@code length} of them; the caller closes the stream.
     *
     * @throws MatrixException 404 when the bytes are gone, which an operator reads in the log
     */
    public InputStream open(long offset, long length) throws IOException {
        try {
            return store.open(blob, offset, length);
        } catch (BlobNotFoundException gone) {
            log.error("The bytes of the blob {} are gone", blob);
            throw MatrixException.notFound();
        }
    }

    /**
     * Opens {@code length} bytes from {@code start} on, to be sent; the caller closes the source.
     *
     * @throws MatrixException 404 when the bytes are gone or damaged, which an operator reads in the log
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
            log.error("The file of the blob {} does not have {} bytes", sha256(), size);
        } catch (NoSuchFileException gone) {
            log.error("The file of the blob {} is gone", sha256());
        }
        throw MatrixException.notFound();
    }

    /** The file that holds just these bytes, where there is one. */
    public Optional<Path> file() {
        return store.file(blob);
    }
}
