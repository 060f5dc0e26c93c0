package io.mediakeep.thumbnail.picture;

import io.mediakeep.media.content.Content;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import javax.imageio.stream.ImageInputStreamImpl;
import org.jspecify.annotations.Nullable;

/** A content that decoders can read at any place. It holds one small buffer, and never the whole. */
public final class ContentStream extends ImageInputStreamImpl {
    private static final int BUFFER = 64 * 1024;

    private final Content content;
    private final TimeLimit limit;
    private final byte[] buffer = new byte[BUFFER];
    private long bufferStart;
    private int buffered;
    private @Nullable InputStream open;
    private @Nullable IOException failure;

    /** The stream of this content, from its beginning, as long as there is time. */
    public ContentStream(Content content, TimeLimit limit) {
        this.content = content;
        this.limit = limit;
    }

    /** The limit on the time of all who read it. */
    public TimeLimit limit() {
        return limit;
    }

    @Override
    public long length() {
        return content.size();
    }

    /** Why the store could not give the bytes, if that happened; the picture is not to blame then. */
    public Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public int read() throws IOException {
        checkClosed();
        limit.after(1);
        bitOffset = 0;
        if (!atHand()) {
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
        while (done < length && atHand()) {
            int from = (int) (streamPos - bufferStart);
            int got = Math.min(length - done, buffered - from);
            System.arraycopy(buffer, from, bytes, offset + done, got);
            streamPos += got;
            done += got;
        }
        return done == 0 && length > 0 ? -1 : done; // all that was wanted: numbers are read in one go
    }

    /** Whether the byte at this place is in the buffer, once it has been filled. */
    private boolean atHand() throws IOException {
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
        } catch (IOException gone) {
            failure = gone;
            throw gone;
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
