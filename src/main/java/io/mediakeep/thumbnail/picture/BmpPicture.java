package io.mediakeep.thumbnail.picture;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteOrder;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** A BMP file, which the JDK reads as a whole. */
final class BmpPicture implements Picture {
    private static final int OLD_HEADER = 12;

    /** The picture, and the numbers of the pixels where they are packed by run lengths. */
    private static final int BYTES_PER_PIXEL = 5;

    private final ImageInputStream in;
    private final int width;
    private final int height;

    private BmpPicture(ImageInputStream in, int width, int height) {
        this.in = in;
        this.width = width;
        this.height = height;
    }

    static BmpPicture open(ImageInputStream in) throws IOException {
        in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
        in.seek(14);
        if (in.readInt() == OLD_HEADER) {
            return new BmpPicture(in, in.readUnsignedShort(), in.readUnsignedShort());
        }
        return new BmpPicture(in, in.readInt(), Math.abs(in.readInt()));
    }

    @Override
    public PictureFormat format() {
        return PictureFormat.BMP;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public int height() {
        return height;
    }

    @Override
    public Samples samples() {
        return Samples.RGB;
    }

    @Override
    public long bytesToRead(int skip) {
        return (long) BYTES_PER_PIXEL * width * height / skip / skip;
    }

    @Override
    public void read(Rectangle part, int skip, double smaller, Rows rows) throws IOException {
        ImageReader reader = Codecs.reader("bmp");
        try {
            in.seek(0);
            reader.setInput(in, true, true);
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
