package io.mediakeep.thumbnail.image.jpeg;

import io.mediakeep.thumbnail.image.SplicedStream;
import io.mediakeep.thumbnail.image.jpeg.JpegHeader.Segment;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.ImageReadParam;
import javax.imageio.stream.ImageInputStream;

/**
 * Rewrites a JPEG file with only the segments that decoding needs, in the order that all decoders accept.
 *
 * <p>It also makes the JDK decode a progressive image once, not once for each scan. The JDK can be made to start with a
 * scan after the last one; then it reads all scans before it returns the first row. But libjpeg decides before that
 * whether to smooth blocks, and would smooth a complete image. It does not smooth when one of the first quantizers is
 * zero. So one quantizer of a chroma component is set to zero: the weakest diagonal gradient of blue over 16 pixels is
 * lost, which is invisible at half the size. Where that is impossible the decoder returns all rows once for each scan,
 * and the last ones count: slower, with the same result.
 */
final class JpegStripper {
    private static final double MIN_REDUCTION = 2;
    private static final int BLUE = 1;
    private static final int QUANTIZERS = 64;
    private static final int DIAGONAL = 4; // in zigzag order
    private static final Segment JFIF =
            new Segment(JpegHeader.APP0, new byte[] {'J', 'F', 'I', 'F', 0, 1, 2, 0, 0, 1, 0, 1, 0, 0});

    private final ImageInputStream in;
    private final JpegHeader header;
    private final Optional<byte[]> quantizers;

    /**
     * A stripped file.
     *
     * @param reduction the factor by which the image is going to be reduced
     */
    JpegStripper(ImageInputStream in, JpegHeader header, double reduction) {
        this.in = in;
        this.header = header;
        this.quantizers = reduction >= MIN_REDUCTION ? blueQuantizers() : Optional.empty();
    }

    /** Requests the last scan only, where that gives the complete image. */
    void requestLastScan(ImageReadParam param) {
        boolean notSmoothed = !header.progressive() || quantizers.isPresent();
        if (header.severalScans() && notSmoothed) {
            param.setSourceProgressivePasses(Integer.MAX_VALUE, Integer.MAX_VALUE);
        }
    }

    /** The stripped file. */
    ImageInputStream stream() throws IOException {
        SplicedStream needed = new SplicedStream(in).add(new byte[] {(byte) 0xff, (byte) JpegHeader.SOI});
        colours().ifPresent(segment -> needed.add(segment.bytes()));
        header.tables().quantizers().forEach(segment -> needed.add(segment.bytes()));
        Segment frame = header.frame();
        if (quantizers.isPresent()) {
            needed.add(new Segment(JpegHeader.DQT, quantizers.get()).bytes());
            frame = withTable(frame, quantizers.get()[0] & 0xf);
        }
        needed.add(frame.bytes());
        header.restarts().ifPresent(segment -> needed.add(segment.bytes()));
        header.tables().huffmanTables().forEach(segment -> needed.add(segment.bytes()));
        long end = header.severalScans() ? JpegScans.end(in, header.scans()) : in.length();
        return needed.add(header.scans(), end);
    }

    /** The segment that declares the colour space, in a form that the JDK's decoder supports. */
    private Optional<Segment> colours() {
        boolean standard = header.jfif() || header.components() == 1 || isYcbcr();
        return standard ? Optional.of(JFIF) : header.adobe();
    }

    /** Whether the colours are luma and two chroma components. */
    private boolean isYcbcr() {
        return header.components() == 3
                && (header.jfif() || header.adobeTransform().orElse(!hasRgbComponentIds()));
    }

    private boolean hasRgbComponentIds() {
        return header.id(0) == 'R' && header.id(1) == 'G' && header.id(2) == 'B';
    }

    /** A quantization table for the blue chroma component alone, with one zero in it, if there is such a component. */
    private Optional<byte[]> blueQuantizers() {
        if (!header.progressive() || !isYcbcr()) {
            return Optional.empty();
        }
        Optional<byte[]> table = header.tables().quantizers(header.table(BLUE));
        table.ifPresent(bytes -> {
            bytes[0] = (byte) ((bytes[0] & 0xf0) | unusedTable());
            int width = bytes.length / QUANTIZERS;
            Arrays.fill(bytes, 1 + DIAGONAL * width, 1 + (DIAGONAL + 1) * width, (byte) 0);
        });
        return table;
    }

    private int unusedTable() {
        int table = 0;
        while (table == header.table(0) || table == header.table(1) || table == header.table(2)) {
            table++;
        }
        return table;
    }

    private static Segment withTable(Segment frame, int table) {
        byte[] data = frame.data().clone();
        data[8 + 3 * BLUE] = (byte) table;
        return new Segment(frame.marker(), data);
    }
}
