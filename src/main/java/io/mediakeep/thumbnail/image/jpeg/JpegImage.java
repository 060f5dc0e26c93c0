package io.mediakeep.thumbnail.image.jpeg;

import io.mediakeep.thumbnail.image.ContentImageStream;
import io.mediakeep.thumbnail.image.ImageCodecs;
import io.mediakeep.thumbnail.image.ImageFormat;
import io.mediakeep.thumbnail.image.Orientation;
import io.mediakeep.thumbnail.image.PixelFormat;
import io.mediakeep.thumbnail.image.RowConsumer;
import io.mediakeep.thumbnail.image.SourceImage;
import java.awt.Rectangle;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * A JPEG file. The JDK decodes it row by row, so that it is never in memory as a whole, except CMYK, which the JDK
 * returns as one raster.
 */
public final class JpegImage implements SourceImage {
    private static final int BLOCK = 8;

    /** Up to four rows of blocks, and rows in the output. */
    private static final int ROWS_IN_DECODER = 48;

    private final ContentImageStream in;
    private final JpegHeader header;

    private JpegImage(ContentImageStream in, JpegHeader header) {
        this.in = in;
        this.header = header;
    }

    public static JpegImage open(ContentImageStream in) throws IOException {
        return new JpegImage(in, JpegHeader.read(in));
    }

    @Override
    public ImageFormat format() {
        return ImageFormat.JPEG;
    }

    @Override
    public int width() {
        return header.width();
    }

    @Override
    public int height() {
        return header.height();
    }

    @Override
    public PixelFormat samples() {
        return switch (header.components()) {
            case 1 -> PixelFormat.GRAY;
            case 3 -> PixelFormat.RGB;
            default -> PixelFormat.CMYK;
        };
    }

    @Override
    public Orientation orientation() {
        return header.orientation();
    }

    @Override
    public long profileBytes() {
        return header.profileBytes();
    }

    @Override
    public Optional<byte[]> profile() throws IOException {
        return header.profile(in);
    }

    /**
     * Rows; the memory of several scans or of CMYK; and data between and after the scans, of which the JDK's decoder
     * stores profiles, outside the heap.
     */
    @Override
    public long bytesToRead(int subsampling) {
        long rows = (long) ROWS_IN_DECODER * width() * samples().bytes();
        long whole =
                (header.severalScans() ? coefficients() : 0) + (samples() == PixelFormat.CMYK ? whole(subsampling) : 0);
        return rows + whole + in.length() - header.scans();
    }

    /** The coefficients that the decoder stores, outside the heap, for an image of several scans. */
    private long coefficients() {
        int columns = 1;
        int rows = 1;
        for (int component = 0; component < header.components(); component++) {
            columns = Math.max(columns, header.columns(component));
            rows = Math.max(rows, header.rows(component));
        }
        long blocks = (long) wholeBlocks(width(), columns) * wholeBlocks(height(), rows);
        long samples = 0;
        for (int component = 0; component < header.components(); component++) {
            samples += BLOCK * BLOCK * blocks * header.columns(component) * header.rows(component);
        }
        return Short.BYTES * samples;
    }

    private static int wholeBlocks(int pixels, int samples) {
        int block = BLOCK * samples;
        return (pixels + block - 1) / block;
    }

    private long whole(int subsampling) {
        return (long) samples().bytes() * width() * height() / subsampling / subsampling;
    }

    @Override
    public void read(Rectangle region, int subsampling, double reduction, RowConsumer rows) throws IOException {
        ImageReader reader = ImageCodecs.reader("jpeg");
        JpegStripper stripper = new JpegStripper(in, header, reduction);
        try (ImageInputStream needed = stripper.stream()) {
            reader.setInput(needed, true, true);
            ImageReadParam param = reader.getDefaultReadParam();
            param.setSourceRegion(region);
            param.setSourceSubsampling(subsampling, subsampling, 0, 0);
            stripper.requestLastScan(param);
            if (samples() == PixelFormat.CMYK) {
                readCmyk(reader.readRaster(0, param), rows);
            } else {
                stream(reader, param, rows);
            }
        } finally {
            reader.dispose();
        }
    }

    private void stream(ImageReader reader, ImageReadParam param, RowConsumer rows) throws IOException {
        Rectangle region = param.getSourceRegion();
        int subsampling = param.getSourceXSubsampling();
        param.setDestination(RowForwardingRaster.image(
                (region.width + subsampling - 1) / subsampling,
                (region.height + subsampling - 1) / subsampling,
                samples(),
                rows));
        reader.read(0, param);
    }

    private void readCmyk(Raster raster, RowConsumer rows) {
        byte[] stored = ((DataBufferByte) raster.getDataBuffer()).getData();
        int rowLength = raster.getWidth() * PixelFormat.CMYK.bytes();
        byte[] row = new byte[rowLength];
        boolean ycck = header.adobeTransform().orElse(false);
        for (int y = 0; y < raster.getHeight(); y++) {
            System.arraycopy(stored, y * rowLength, row, 0, rowLength);
            if (ycck) {
                Ycck.toStoredCmyk(row);
            }
            for (int i = 0; i < rowLength; i++) {
                row[i] = (byte) ~row[i]; // stored inverted, as Adobe does
            }
            rows.row(y, row);
        }
    }
}
