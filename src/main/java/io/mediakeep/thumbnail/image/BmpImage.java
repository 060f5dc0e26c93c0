package io.mediakeep.thumbnail.image;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** A BMP file; the JDK decodes it as a whole. */
public final class BmpImage implements SourceImage {
    /** The image, and the numbers of the pixels where they are packed by run lengths. */
    private static final int BYTES_PER_PIXEL = 5;

    private final ContentImageStream in;
    private final BmpHeader bmp;

    private BmpImage(ContentImageStream in, BmpHeader bmp) {
        this.in = in;
        this.bmp = bmp;
    }

    public static BmpImage open(ContentImageStream in) throws IOException {
        return new BmpImage(in, BmpHeader.read(in));
    }

    @Override
    public ImageFormat format() {
        return ImageFormat.BMP;
    }

    @Override
    public int width() {
        return bmp.width();
    }

    @Override
    public int height() {
        return Math.abs(bmp.height());
    }

    @Override
    public PixelFormat samples() {
        return PixelFormat.RGB;
    }

    @Override
    public long bytesToRead(int subsampling) {
        long packed = bmp.packed() ? 2 * (in.length() - bmp.pixels()) : 0;
        return (long) BYTES_PER_PIXEL * width() * height() / subsampling / subsampling + packed;
    }

    @Override
    public void read(Rectangle region, int subsampling, double reduction, RowConsumer rows) throws IOException {
        ImageReader reader = ImageCodecs.reader("bmp");
        try (ImageInputStream needed = bmp.stripped(in)) {
            reader.setInput(needed, true, true);
            ImageReadParam param = reader.getDefaultReadParam();
            param.setSourceRegion(region);
            param.setSourceSubsampling(subsampling, subsampling, 0, 0);
            forward(reader.read(0, param), rows);
        } finally {
            reader.dispose();
        }
    }

    private static void forward(BufferedImage image, RowConsumer rows) {
        int[] colours = new int[image.getWidth()];
        byte[] row = new byte[image.getWidth() * PixelFormat.RGB.bytes()];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, image.getWidth(), 1, colours, 0, image.getWidth());
            int to = 0;
            for (int colour : colours) {
                row[to++] = (byte) (colour >> 16);
                row[to++] = (byte) (colour >> 8);
                row[to++] = (byte) colour;
            }
            rows.row(y, row);
        }
    }
}
