package io.mediakeep.thumbnail.image;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** A BMP file, decoded as a whole: by the JDK, or by {@link RunLengthDecoder}. */
public final class BmpImage implements SourceImage {
    /** The JDK decodes to 4 bytes at most, the run-length decoder to 1. */
    private static final int BYTES_PER_PIXEL = 4;

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
        return bmp.rows();
    }

    @Override
    public PixelFormat samples() {
        return PixelFormat.RGB;
    }

    @Override
    public long bytesToRead(int subsampling) {
        return (long) BYTES_PER_PIXEL * width() * height() / subsampling / subsampling;
    }

    @Override
    public void read(Rectangle region, int subsampling, double reduction, RowConsumer rows) throws IOException {
        if (bmp.runLengthEncoded()) {
            in.seek(bmp.pixels());
            forward(new RunLengthDecoder(in, bmp, region, subsampling), rows);
        } else {
            readByJdk(region, subsampling, rows);
        }
    }

    private void forward(RunLengthDecoder decoder, RowConsumer rows) throws IOException {
        byte[] indices = decoder.decode();
        byte[] row = new byte[decoder.rowLength() * PixelFormat.RGB.bytes()];
        int next = 0;
        for (int y = 0; next < indices.length; y++) {
            for (int to = 0; to < row.length; to += PixelFormat.RGB.bytes()) {
                int entry = (indices[next++] & 0xff) * BmpHeader.PALETTE_ENTRY;
                row[to] = bmp.palette()[entry + 2];
                row[to + 1] = bmp.palette()[entry + 1];
                row[to + 2] = bmp.palette()[entry];
            }
            rows.row(y, row);
        }
    }

    private void readByJdk(Rectangle region, int subsampling, RowConsumer rows) throws IOException {
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
