package io.mediakeep.thumbnail.image.jpeg;

import java.io.IOException;
import javax.imageio.stream.ImageInputStream;

/** Finds the scans of a JPEG file. */
final class JpegScans {
    /** More than encoders make: each scan takes a pass over the whole image, however few bytes it has. */
    private static final int MAX_SCANS = 64;

    private static final int BUFFER = 16 * 1024;

    private JpegScans() {}

    /** The offset of the first scan above the limit; the end of the file when there is none. */
    static long end(ImageInputStream in, long firstScan) throws IOException {
        in.seek(firstScan);
        byte[] buffer = new byte[BUFFER];
        long position = firstScan;
        int scans = 0;
        boolean afterFf = false;
        for (int got = in.read(buffer, 0, BUFFER); got > 0; got = in.read(buffer, 0, BUFFER)) {
            for (int i = 0; i < got; i++) {
                if (afterFf && (buffer[i] & 0xff) == JpegHeader.SOS && ++scans > MAX_SCANS) {
                    return position + i - 1;
                }
                afterFf = buffer[i] == (byte) 0xff;
            }
            position += got;
        }
        return in.length();
    }
}
