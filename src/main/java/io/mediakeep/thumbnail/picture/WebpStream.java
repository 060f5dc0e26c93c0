package io.mediakeep.thumbnail.picture;

import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A WebP file in memory, since TwelveMonkeys' decoder reads bit after bit and goes back each time. Its reader of bits
 * swallows the exception that tells the end of a file, again for each missing byte, so a read past the end is a
 * {@link BrokenPictureException} here, which it does not swallow.
 */
final class WebpStream extends ImageInputStreamImpl {
    private final byte[] bytes;
    private final TimeLimit limit;

    WebpStream(byte[] bytes, TimeLimit limit) {
        this.bytes = bytes;
        this.limit = limit;
    }

    @Override
    public long length() {
        return bytes.length;
    }

    /** Also asked for by symbols of no bits, for which nothing is read. */
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

    private void need(int wanted) throws BrokenPictureException {
        limit.after(1);
        bitOffset = 0;
        if (streamPos + wanted > bytes.length) {
            throw new BrokenPictureException("a WebP picture that was cut off");
        }
    }
}
