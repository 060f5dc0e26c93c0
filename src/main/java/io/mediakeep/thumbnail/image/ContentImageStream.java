package io.mediakeep.thumbnail.image;

import io.mediakeep.media.content.Content;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import javax.imageio.stream.ImageInputStreamImpl;
import org.jspecify.annotations.Nullable;

/** A content as a seekable stream for decoders, with one small buffer. */
public final class ContentImageStream extends ImageInputStreamImpl {
    private static final int BUFFER = 64 * 1024;

    private final Content content;
    private final TimeLimit limit;
    private final byte[] buffer = new byte[BUFFER];
    private long bufferStart;
    private int buffered;
    private @Nullable InputStream open;
    private @Nullable IOException failure;

    /** The stream of this content, from its start, with a time limit. */
    public ContentImageStream(Content content, TimeLimit limit) {
        this.content = content;
        this.limit = limit;
    }

    /** The time limit of the thread that reads. */
    public TimeLimit limit() {
        return limit;
    }

    @Override
    public long length() {
        return content.size();
    }

    /** The failure of the store, if there was one; the image is not corrupt then. */
    public Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public int read() throws IOException {
        checkClosed();
        limit.after(1);
        bitOffset = 0;
        if (!isBuffered()) {
            return -1;
        }
        return buffer[(int) (streamPos++ - bufferStart)] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        checkClosed();
        limit.after(length);
        bitOffset = 0;
        int done = 0;
        while (done < length && isBuffered()) {
            int from = (int) (streamPos - bufferStart);
            int got = Math.min(length - done, buffered - from);
            System.arraycopy(buffer, from, bytes, offset + done, got);
            streamPos += got;
            done += got;
        }
        return done == 0 && length > 0 ? -1 : done; // reads fully: ImageIO reads numbers in one call
    }

    /** Whether the byte at the position is in the buffer, once it has been filled. */
    private boolean isBuffered() throws IOException {
        long end = bufferStart + buffered;
        if (streamPos >= bufferStart && streamPos < end) {
            return true;
        }
        if (streamPos >= content.size()) {
            return false;
        }
        try {
            fill(end);
            return true;
        } catch (IOException unreadable) {
            failure = unreadable;
            throw unreadable;
        }
    }

    private void fill(long end) throws IOException {
        InputStream source = open;
        if (source == null || streamPos != end) {
            closeSource();
            source = content.open(streamPos, content.size() - streamPos);
            open = source;
        }
        bufferStart = streamPos;
        buffered = source.readNBytes(buffer, 0, (int) Math.min(BUFFER, content.size() - streamPos));
        if (buffered == 0) {
            throw content.recordDamaged();
        }
    }

    private void closeSource() throws IOException {
        InputStream source = open;
        open = null;
        if (source != null) {
            source.close();
        }
    }

    @Override
    public void close() throws IOException {
        super.close();
        closeSource();
    }
}
