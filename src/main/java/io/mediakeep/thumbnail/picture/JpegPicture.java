package io.mediakeep.thumbnail.picture;

import java.awt.Rectangle;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * A JPEG file. The JDK reads it from row to row, so that the whole picture never exists, except where its colours are
 * inks, which the JDK hands out in one piece only.
 */
final class JpegPicture implements Picture {
    private static final int BLOCK = 8;

    /** Blocks of up to four rows of blocks, and rows on their way out. */
    private static final int ROWS_IN_DECODER = 48;

    private final ContentStream in;
    private final JpegHeader header;

    private JpegPicture(ContentStream in, JpegHeader header) {
        this.in = in;
        this.header = header;
    }

    static JpegPicture open(ContentStream in) throws IOException {
        return new JpegPicture(in, JpegHeader.read(in));
    }

    @Override
    public PictureFormat format() {
        return PictureFormat.JPEG;
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
    public Samples samples() {
        return switch (header.components()) {
            case 1 -> Samples.GRAY;
            case 3 -> Samples.RGB;
            default -> Samples.CMYK;
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
     * Rows; what a picture of several scans or one of inks takes; and what stands between and behind the scans, of which
     * the JDK's decoder keeps profiles, outside the heap.
     */
    @Override
    public long bytesToRead(int skip) {
        long rows = (long) ROWS_IN_DECODER * width() * samples().bytes();
        long whole = (header.severalScans() ? coefficients() : 0) + (samples() == Samples.CMYK ? whole(skip) : 0);
        return rows + whole + in.length() - header.scans();
    }

    /** What the decoder remembers, outside the heap, of a picture that comes in several scans: whole blocks. */
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

    private long whole(int skip) {
        return (long) samples().bytes() * width() * height() / skip / skip;
    }

    @Override
    public void read(Rectangle part, int skip, double smaller, Rows rows) throws IOException {
        ImageReader reader = Codecs.reader("jpeg");
        JpegDiet diet = new JpegDiet(in, header, smaller);
        try (ImageInputStream needed = diet.stream()) {
            reader.setInput(needed, true, true);
            ImageReadParam param = reader.getDefaultReadParam();
            param.setSourceRegion(part);
            param.setSourceSubsampling(skip, skip, 0, 0);
            diet.askForTheLastScan(param);
            if (samples() == Samples.CMYK) {
                inks(reader.readRaster(0, param), rows);
            } else {
                stream(reader, param, rows);
            }
        } finally {
            reader.dispose();
        }
    }

    private void stream(ImageReader reader, ImageReadParam param, Rows rows) throws IOException {
        Rectangle part = param.getSourceRegion();
        int skip = param.getSourceXSubsampling();
        param.setDestination(
                RowCatcher.image((part.width + skip - 1) / skip, (part.height + skip - 1) / skip, samples(), rows));
        reader.read(0, param);
    }

    private void inks(Raster raster, Rows rows) {
        byte[] stored = ((DataBufferByte) raster.getDataBuffer()).getData();
        int rowLength = raster.getWidth() * Samples.CMYK.bytes();
        byte[] row = new byte[rowLength];
        boolean ycck = header.adobeTransform().orElse(false);
        for (int y = 0; y < raster.getHeight(); y++) {
            System.arraycopy(stored, y * rowLength, row, 0, rowLength);
            if (ycck) {
                Ycck.toStoredCmyk(row);
            }
            for (int i = 0; i < rowLength; i++) {
                row[i] = (byte) ~row[i]; // everybody stores how little ink there is, as Adobe does
            }
            rows.row(y, row);
        }
    }
}
