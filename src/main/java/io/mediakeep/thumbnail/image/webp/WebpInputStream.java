package io.mediakeep.thumbnail.image.webp;

import io.mediakeep.thumbnail.image.CorruptImageException;
import io.mediakeep.thumbnail.image.TimeLimit;
import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A WebP file in memory, since TwelveMonkeys' decoder reads single bits and seeks back for each. Its bit reader
 * swallows the end-of-file exception, again for each missing byte, so that reading past the end throws a {@link
 * CorruptImageException} here, which it does not swallow.
 */
final class WebpInputStream extends ImageInputStreamImpl {
    private final byte[] bytes;
    private final TimeLimit limit;

    WebpInputStream(byte[] bytes, TimeLimit limit) {
        this.bytes = bytes;
        this.limit = limit;
    }

    @Override
    public long length() {
        return bytes.length;
    }

    /** Also called for symbols of no bits, for which nothing is read. */
    @Override
    public long getStreamPosition() throws IOException {
        limit.after(1);
        return super.getStreamPosition();
    }

    @Override
    public int read() throws IOException {
        need(1);
        return bytes[(int) streamPos++] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int wanted) throws IOException {
        need(wanted);
        System.arraycopy(bytes, (int) streamPos, into, offset, wanted);
        streamPos += wanted;
        return wanted;
    }

    private void need(int wanted) throws CorruptImageException {
        limit.after(1);
        bitOffset = 0;
        if (streamPos + wanted > bytes.length) {
            throw new CorruptImageException("a truncated WebP image");
        }
    }
}
