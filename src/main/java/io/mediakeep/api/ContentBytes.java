package io.mediakeep.api;

import io.mediakeep.media.Content;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bytes of content that are open and shall be sent, just so many of them. */
public final class ContentBytes implements Closeable {
    private static final Logger log = LoggerFactory.getLogger(ContentBytes.class);
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Content content;
    private final InputStream bytes;
    private final long length;

    private ContentBytes(Content content, InputStream bytes, long length) {
        this.content = content;
        this.bytes = bytes;
        this.length = length;
    }

    /**
     * Opens {@code length} bytes from {@code start} on.
     *
     * @throws io.mediakeep.matrix.MatrixException 404 when they are gone
     */
    public static ContentBytes open(Content content, long start, long length) throws IOException {
        return new ContentBytes(content, content.open(start, length), length);
    }

    /** Sends them. Bytes that end too early break the connection, so that no client takes a part for the whole. */
    public void writeTo(OutputStream out) throws IOException {
        byte[] buffer = new byte[(int) Math.min(BUFFER_BYTES, length)];
        long left = length;
        while (left > 0) {
            int read = read(buffer, (int) Math.min(buffer.length, left));
            out.write(buffer, 0, read);
            left -= read;
        }
    }

    /** That the client goes away is no news; that a blob cannot be read is. */
    private int read(byte[] buffer, int most) throws IOException {
        try {
            int read = bytes.read(buffer, 0, most);
            if (read < 0) {
                throw new EOFException("it is shorter than it was");
            }
            return read;
        } catch (IOException failure) {
            log.error("The blob {} cannot be read to its end: {}", content.sha256(), failure.getMessage());
            throw failure;
        }
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
