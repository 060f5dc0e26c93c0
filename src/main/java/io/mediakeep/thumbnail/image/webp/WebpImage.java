package io.mediakeep.thumbnail.image.webp;

import io.mediakeep.thumbnail.image.ContentImageStream;
import io.mediakeep.thumbnail.image.ImageCodecs;
import io.mediakeep.thumbnail.image.ImageFormat;
import io.mediakeep.thumbnail.image.Orientation;
import io.mediakeep.thumbnail.image.PixelFormat;
import io.mediakeep.thumbnail.image.RowConsumer;
import io.mediakeep.thumbnail.image.SourceImage;
import java.awt.Rectangle;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/** A WebP file, of which the first frame is read. TwelveMonkeys decodes it, and only as a whole. */
public final class WebpImage implements SourceImage {
    /** The memory of the lossy decoder: objects for every block of 4 by 4 pixels, and its result. Measured. */
    private static final int LOSSY_BYTES_PER_PIXEL = 29;

    /** The memory of the lossless decoder: its result, and the sub-resolution images of its transforms. */
    private static final int LOSSLESS_BYTES_PER_PIXEL = 6;

    private final ContentImageStream in;
    private final WebpHeader webp;

    private WebpImage(ContentImageStream in, WebpHeader webp) {
        this.in = in;
        this.webp = webp;
    }

    public static WebpImage open(ContentImageStream in) throws IOException {
        return new WebpImage(in, WebpHeader.read(in));
    }

    @Override
    public ImageFormat format() {
        return ImageFormat.WEBP;
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
    public PixelFormat samples() {
        return webp.alpha() ? PixelFormat.RGBA : PixelFormat.RGB;
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

    /** The bytes of the file are in memory twice, as a part of it and as a file for the decoder. */
    @Override
    public long bytesToRead(int subsampling) {
        long perPixel = webp.lossless()
                ? LOSSLESS_BYTES_PER_PIXEL
                : LOSSY_BYTES_PER_PIXEL + (webp.alphaPlane() ? LOSSLESS_BYTES_PER_PIXEL : 0);
        return 2 * webp.bytes() + webp.tableBytes() + perPixel * framePixels();
    }

    @Override
    public void read(Rectangle region, int subsampling, double reduction, RowConsumer rows) throws IOException {
        Optional<AlphaPlane> alpha = webp.alphaPlane() ? Optional.of(alpha()) : Optional.empty();
        TimeLimitedRaster frame = pixels();
        int bytes = samples().bytes();
        byte[] row = new byte[(region.width + subsampling - 1) / subsampling * bytes];
        for (int y = 0; y < region.height; y += subsampling) {
            Arrays.fill(row, (byte) 0);
            int to = 0;
            for (int x = 0; x < region.width; x += subsampling) {
                copy(frame, alpha, region.x + x - webp.frame().x, region.y + y - webp.frame().y, row, to);
                to += bytes;
            }
            rows.row(y / subsampling, row);
        }
    }

    /** TwelveMonkeys reads alpha only when it is compressed, and would decode it without a time limit. */
    private void copy(TimeLimitedRaster frame, Optional<AlphaPlane> alpha, int x, int y, byte[] row, int to) {
        if (x < 0 || y < 0 || x >= frame.getWidth() || y >= frame.getHeight()) {
            return;
        }
        int bands = frame.getNumBands();
        System.arraycopy(frame.bytes(), frame.at(x, y), row, to, bands);
        if (samples() == PixelFormat.RGBA && bands < PixelFormat.RGBA.bytes()) {
            row[to + bands] = alpha.isPresent() ? alpha.get().at(x, y) : (byte) 255;
        }
    }

    private TimeLimitedRaster pixels() throws IOException {
        byte[] file = webp.lossless()
                ? SingleChunkWebp.lossless(webp.pixelBytes())
                : SingleChunkWebp.lossy(webp.pixelBytes());
        return decode(file, webp.lossless() && !webp.opaqueFrame() ? PixelFormat.RGBA : PixelFormat.RGB);
    }

    /** TwelveMonkeys supports compressed alpha only, and would decode it without a check of the time. */
    private AlphaPlane alpha() throws IOException {
        int width = webp.frame().width;
        int height = webp.frame().height;
        byte[] stored = webp.alphaBytes();
        if (!webp.alphaPacked()) {
            return AlphaPlane.of(width, height, stored, webp.alphaFilter());
        }
        TimeLimitedRaster grid = decode(SingleChunkWebp.lossless(width, height, stored), PixelFormat.RGB);
        return AlphaPlane.of(width, height, grid.green(), webp.alphaFilter());
    }

    private TimeLimitedRaster decode(byte[] file, PixelFormat stored) throws IOException {
        TimeLimitedRaster pixels = new TimeLimitedRaster(webp.frame().width, webp.frame().height, stored, in.limit());
        ImageReader reader = ImageCodecs.webpReader();
        try (WebpInputStream stream = new WebpInputStream(file, in.limit())) {
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
