package io.mediakeep.thumbnail.picture;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** A WebP file, of which the first frame is read. TwelveMonkeys reads it, and only as a whole. */
final class WebpPicture implements Picture {
    /** What the decoder of lossy pictures holds: objects for every block of 4 by 4 pixels. Measured. */
    private static final int LOSSY_BYTES_PER_PIXEL = 26;

    /** What the decoder of lossless pictures holds. Measured. */
    private static final int LOSSLESS_BYTES_PER_PIXEL = 10;

    private final WebpHeader webp;

    private WebpPicture(WebpHeader webp) {
        this.webp = webp;
    }

    static WebpPicture open(ImageInputStream in) throws IOException {
        return new WebpPicture(WebpHeader.read(in));
    }

    @Override
    public PictureFormat format() {
        return PictureFormat.WEBP;
    }

    @Override
    public int width() {
        return webp.canvas().width;
    }

    @Override
    public int height() {
        return webp.canvas().height;
    }

    @Override
    public Samples samples() {
        return webp.alpha() ? Samples.RGBA : Samples.RGB;
    }

    @Override
    public boolean animated() {
        return webp.animated();
    }

    @Override
    public Orientation orientation() {
        return webp.orientation();
    }

    @Override
    public Optional<byte[]> profile() {
        return webp.profile();
    }

    @Override
    public long bytesToRead(int skip) {
        long pixels = (long) webp.frame().width * webp.frame().height;
        return webp.bytes() + pixels * (webp.lossless() ? LOSSLESS_BYTES_PER_PIXEL : LOSSY_BYTES_PER_PIXEL);
    }

    @Override
    public void read(Rectangle part, int skip, double smaller, Rows rows) throws IOException {
        BufferedImage frame = decode();
        Rectangle place = new Rectangle(webp.frame().x, webp.frame().y, frame.getWidth(), frame.getHeight());
        int bytes = samples().bytes();
        byte[] row = new byte[(part.width + skip - 1) / skip * bytes];
        int[] colours = new int[part.width];
        for (int y = 0; y < part.height; y += skip) {
            Rectangle seen = new Rectangle(part.x, part.y + y, part.width, 1).intersection(place);
            Arrays.fill(colours, 0);
            if (!seen.isEmpty()) {
                int offset = seen.x - part.x;
                frame.getRGB(seen.x - place.x, seen.y - place.y, seen.width, 1, colours, offset, part.width);
            }
            int to = 0;
            for (int x = 0; x < part.width; x += skip) {
                row[to++] = (byte) (colours[x] >> 16);
                row[to++] = (byte) (colours[x] >> 8);
                row[to++] = (byte) colours[x];
                if (bytes == Samples.RGBA.bytes()) {
                    row[to++] = (byte) (colours[x] >>> 24);
                }
            }
            rows.row(y / skip, row);
        }
    }

    /** The decoder reads bit after bit and goes back each time, so its bytes had better be at hand. */
    private BufferedImage decode() throws IOException {
        ImageReader reader = Codecs.webpReader();
        try (Patchwork needed = webp.diet();
                ByteArrayImageInputStream file = new ByteArrayImageInputStream(needed.bytes())) {
            reader.setInput(file, false, true);
            return reader.read(0);
        } finally {
            reader.dispose();
        }
    }
}
