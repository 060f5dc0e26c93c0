package io.mediakeep.thumbnail.picture;

import java.awt.Rectangle;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/** A WebP file, of which the first frame is read. TwelveMonkeys reads it, and only as a whole. */
final class WebpPicture implements Picture {
    /** What the decoder of lossy pictures holds: objects for every block of 4 by 4 pixels, and its result. Measured. */
    private static final int LOSSY_BYTES_PER_PIXEL = 29;

    /** What the decoder of lossless pictures holds: its result, and the small pictures that its transforms need. */
    private static final int LOSSLESS_BYTES_PER_PIXEL = 6;

    private final ContentStream in;
    private final WebpHeader webp;

    private WebpPicture(ContentStream in, WebpHeader webp) {
        this.in = in;
        this.webp = webp;
    }

    static WebpPicture open(ContentStream in) throws IOException {
        return new WebpPicture(in, WebpHeader.read(in));
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
    public long decodedPixels() {
        return Math.max((long) width() * height(), framePixels());
    }

    private long framePixels() {
        return (long) webp.frame().width * webp.frame().height;
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
    public long profileBytes() {
        return webp.profileBytes();
    }

    @Override
    public Optional<byte[]> profile() throws IOException {
        return webp.profile();
    }

    /** The bytes of the file are there twice, as a part of it and as a file of its own. */
    @Override
    public long bytesToRead(int skip) {
        long perPixel = webp.lossless()
                ? LOSSLESS_BYTES_PER_PIXEL
                : LOSSY_BYTES_PER_PIXEL + (webp.alphaPlane() ? LOSSLESS_BYTES_PER_PIXEL : 0);
        return 2 * webp.bytes() + webp.tableBytes() + perPixel * framePixels();
    }

    @Override
    public void read(Rectangle part, int skip, double smaller, Rows rows) throws IOException {
        Optional<AlphaPlane> alpha = webp.alphaPlane() ? Optional.of(alpha()) : Optional.empty();
        PixelGrid frame = pixels();
        int bytes = samples().bytes();
        byte[] row = new byte[(part.width + skip - 1) / skip * bytes];
        for (int y = 0; y < part.height; y += skip) {
            Arrays.fill(row, (byte) 0);
            int to = 0;
            for (int x = 0; x < part.width; x += skip) {
                copy(frame, alpha, part.x + x - webp.frame().x, part.y + y - webp.frame().y, row, to);
                to += bytes;
            }
            rows.row(y / skip, row);
        }
    }

    /** Copies a pixel of the frame; nothing when there is none. */
    private void copy(PixelGrid frame, Optional<AlphaPlane> alpha, int x, int y, byte[] row, int to) {
        if (x < 0 || y < 0 || x >= frame.getWidth() || y >= frame.getHeight()) {
            return;
        }
        int bands = frame.getNumBands();
        System.arraycopy(frame.bytes(), frame.at(x, y), row, to, bands);
        if (samples() == Samples.RGBA && bands < Samples.RGBA.bytes()) {
            row[to + bands] = alpha.isPresent() ? alpha.get().at(x, y) : (byte) 255;
        }
    }

    private PixelGrid pixels() throws IOException {
        byte[] file = webp.lossless() ? WebpFile.lossless(webp.pixelBytes()) : WebpFile.lossy(webp.pixelBytes());
        return decode(file, webp.lossless() && !webp.opaqueFrame() ? Samples.RGBA : Samples.RGB);
    }

    /** TwelveMonkeys knows alpha only when it is packed, and would decode it where no time is counted. */
    private AlphaPlane alpha() throws IOException {
        int width = webp.frame().width;
        int height = webp.frame().height;
        byte[] stored = webp.alphaBytes();
        if (!webp.alphaPacked()) {
            return AlphaPlane.of(width, height, stored, webp.alphaFilter());
        }
        PixelGrid grid = decode(WebpFile.lossless(width, height, stored), Samples.RGB);
        return AlphaPlane.of(width, height, grid.green(), webp.alphaFilter());
    }

    private PixelGrid decode(byte[] file, Samples stored) throws IOException {
        PixelGrid pixels = new PixelGrid(webp.frame().width, webp.frame().height, stored, in.limit());
        ImageReader reader = Codecs.webpReader();
        try (WebpStream stream = new WebpStream(file, in.limit())) {
            reader.setInput(stream, false, true);
            ImageReadParam param = reader.getDefaultReadParam();
            param.setDestination(pixels.image());
            reader.read(0, param);
            return pixels;
        } finally {
            reader.dispose();
        }
    }
}
