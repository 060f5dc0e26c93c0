package io.mediakeep.thumbnail.picture;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** A PNG file. The JDK reads it from row to row, unless it is interlaced: then all of it is read first. */
final class PngPicture implements Picture {
    private final ContentStream in;
    private final PngHeader png;
    private final Samples samples;

    private PngPicture(ContentStream in, PngHeader png) {
        this.in = in;
        this.png = png;
        this.samples = new PngPixels(png).samples();
    }

    static PngPicture open(ContentStream in) throws IOException {
        return new PngPicture(in, PngHeader.read(in));
    }

    @Override
    public PictureFormat format() {
        return PictureFormat.PNG;
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
    public Samples samples() {
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
    public long bytesToRead(int skip) {
        long stored = (long) png.bands() * (png.bitDepth() == 16 ? 2 : 1);
        long rows = width() * (3 * stored + Integer.BYTES * (long) png.bands() + samples.bytes());
        return rows + (png.interlaced() ? stored * width() * height() / skip / skip : 0);
    }

    @Override
    public void read(Rectangle part, int skip, double smaller, Rows rows) throws IOException {
        ImageReader reader = Codecs.reader("png");
        try (ImageInputStream needed = png.diet(in)) {
            reader.setInput(needed, true, true);
            ImageReadParam param = reader.getDefaultReadParam();
            param.setSourceRegion(part);
            param.setSourceSubsampling(skip, skip, 0, 0);
            int width = (part.width + skip - 1) / skip;
            int height = (part.height + skip - 1) / skip;
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

    private void stream(ImageReader reader, ImageReadParam param, int width, int height, Rows rows) throws IOException {
        PngPixels pixels = new PngPixels(png);
        RowWindow window = new RowWindow(width, height, png.bands(), type());
        param.setDestination(window.image());
        reader.addIIOReadUpdateListener(new AfterEachRow(y -> rows.row(
                y,
                type() == DataBuffer.TYPE_BYTE ? pixels.ofBytes(window.bytes()) : pixels.ofShorts(window.shorts()))));
        reader.read(0, param);
    }

    private void readWhole(ImageReader reader, ImageReadParam param, int width, int height, Rows rows)
            throws IOException {
        PngPixels pixels = new PngPixels(png);
        BufferedImage whole = RowWindow.allRows(width, height, png.bands(), type());
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
