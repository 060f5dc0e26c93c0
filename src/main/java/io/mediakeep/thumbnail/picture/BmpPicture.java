package io.mediakeep.thumbnail.picture;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** A BMP file, which the JDK reads as a whole. */
final class BmpPicture implements Picture {
    /** The picture, and the numbers of the pixels where they are packed by run lengths. */
    private static final int BYTES_PER_PIXEL = 5;

    private final ContentStream in;
    private final BmpHeader bmp;

    private BmpPicture(ContentStream in, BmpHeader bmp) {
        this.in = in;
        this.bmp = bmp;
    }

    static BmpPicture open(ContentStream in) throws IOException {
        return new BmpPicture(in, BmpHeader.read(in));
    }

    @Override
    public PictureFormat format() {
        return PictureFormat.BMP;
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
    public Samples samples() {
        return Samples.RGB;
    }

    @Override
    public long bytesToRead(int skip) {
        long packed = bmp.packed() ? 2 * (in.length() - bmp.pixels()) : 0;
        return (long) BYTES_PER_PIXEL * width() * height() / skip / skip + packed;
    }

    @Override
    public void read(Rectangle part, int skip, double smaller, Rows rows) throws IOException {
        ImageReader reader = Codecs.reader("bmp");
        try (ImageInputStream needed = bmp.diet(in)) {
            reader.setInput(needed, true, true);
            ImageReadParam param = reader.getDefaultReadParam();
            param.setSourceRegion(part);
            param.setSourceSubsampling(skip, skip, 0, 0);
            handOn(reader.read(0, param), rows);
        } finally {
            reader.dispose();
        }
    }

    private static void handOn(BufferedImage image, Rows rows) {
        int[] colours = new int[image.getWidth()];
        byte[] row = new byte[image.getWidth() * Samples.RGB.bytes()];
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
