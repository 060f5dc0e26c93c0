package io.mediakeep.thumbnail.image.png;

import io.mediakeep.thumbnail.image.ContentImageStream;
import io.mediakeep.thumbnail.image.ImageCodecs;
import io.mediakeep.thumbnail.image.ImageFormat;
import io.mediakeep.thumbnail.image.Orientation;
import io.mediakeep.thumbnail.image.PixelFormat;
import io.mediakeep.thumbnail.image.RowConsumer;
import io.mediakeep.thumbnail.image.SingleRowImage;
import io.mediakeep.thumbnail.image.SourceImage;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** A PNG file. The JDK decodes it row by row; interlaced ones as a whole. */
public final class PngImage implements SourceImage {
    private final ContentImageStream in;
    private final PngHeader png;
    private final PixelFormat samples;

    private PngImage(ContentImageStream in, PngHeader png) {
        this.in = in;
        this.png = png;
        this.samples = new PngPixels(png).samples();
    }

    public static PngImage open(ContentImageStream in) throws IOException {
        return new PngImage(in, PngHeader.read(in));
    }

    @Override
    public ImageFormat format() {
        return ImageFormat.PNG;
    }

    @Override
    public int width() {
        return png.width();
    }

    @Override
    public int height() {
        return png.height();
    }

    @Override
    public PixelFormat samples() {
        return samples;
    }

    @Override
    public boolean animated() {
        return png.animated();
    }

    @Override
    public Orientation orientation() {
        return png.orientation();
    }

    @Override
    public long profileBytes() {
        return png.profileBytes();
    }

    @Override
    public Optional<byte[]> profile() throws IOException {
        return png.profile(in);
    }

    @Override
    public long bytesToRead(int subsampling) {
        long stored = (long) png.bands() * (png.bitDepth() == 16 ? 2 : 1);
        long rows = width() * (3 * stored + Integer.BYTES * (long) png.bands() + samples.bytes());
        return rows + (png.interlaced() ? stored * width() * height() / subsampling / subsampling : 0);
    }

    @Override
    public void read(Rectangle region, int subsampling, double reduction, RowConsumer rows) throws IOException {
        ImageReader reader = ImageCodecs.reader("png");
        try (ImageInputStream needed = png.stripped(in)) {
            reader.setInput(needed, true, true);
            ImageReadParam param = reader.getDefaultReadParam();
            param.setSourceRegion(region);
            param.setSourceSubsampling(subsampling, subsampling, 0, 0);
            int width = (region.width + subsampling - 1) / subsampling;
            int height = (region.height + subsampling - 1) / subsampling;
            if (png.interlaced()) {
                readWhole(reader, param, width, height, rows);
            } else {
                stream(reader, param, width, height, rows);
            }
        } finally {
            reader.dispose();
        }
    }

    private int type() {
        return png.bitDepth() == 16 ? DataBuffer.TYPE_USHORT : DataBuffer.TYPE_BYTE;
    }

    private void stream(ImageReader reader, ImageReadParam param, int width, int height, RowConsumer rows)
            throws IOException {
        PngPixels pixels = new PngPixels(png);
        SingleRowImage window = new SingleRowImage(width, height, png.bands(), type());
        param.setDestination(window.image());
        reader.addIIOReadUpdateListener(new RowCallback(y -> rows.row(
                y,
                type() == DataBuffer.TYPE_BYTE ? pixels.ofBytes(window.bytes()) : pixels.ofShorts(window.shorts()))));
        reader.read(0, param);
    }

    private void readWhole(ImageReader reader, ImageReadParam param, int width, int height, RowConsumer rows)
            throws IOException {
        PngPixels pixels = new PngPixels(png);
        BufferedImage whole = SingleRowImage.allRows(width, height, png.bands(), type());
        param.setDestination(whole);
        reader.read(0, param);
        WritableRaster raster = whole.getRaster();
        Object row = null;
        for (int y = 0; y < height; y++) {
            row = raster.getDataElements(0, y, width, 1, row);
            rows.row(y, row instanceof short[] shorts ? pixels.ofShorts(shorts) : pixels.ofBytes((byte[]) row));
        }
    }
}
