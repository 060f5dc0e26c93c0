package io.mediakeep.thumbnail.picture;

import io.mediakeep.thumbnail.picture.JpegHeader.Segment;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.ImageReadParam;
import javax.imageio.stream.ImageInputStream;

/**
 * A JPEG file without what is not needed to draw it, its segments in the one order that every decoder likes.
 *
 * <p>It also gets a picture that comes in many scans drawn once, and not once for each scan. The JDK can be asked to
 * begin with a scan that never comes; then it takes in all of them before it gives the first row. Only, it decides
 * before that whether to smooth the blocks, and would smooth a picture that needs none. Its decoder (libjpeg) does not
 * smooth where one of the first divisors is zero. So one divisor of a colour difference is set to zero: the slightest
 * diagonal shade of blue over 16 pixels is lost, which nobody sees in a picture that is drawn at half its size. Where
 * that does not help, a decoder gives all rows several times, and the last ones count: slower, and as good.
 */
final class JpegDiet {
    private static final double SMALL_ENOUGH = 2;
    private static final int BLUE = 1;
    private static final int DIVISORS = 64;
    private static final int DIAGONAL = 4; // in zigzag order
    private static final Segment JFIF =
            new Segment(JpegHeader.APP0, new byte[] {'J', 'F', 'I', 'F', 0, 1, 2, 0, 0, 1, 0, 1, 0, 0});

    private final ImageInputStream in;
    private final JpegHeader header;
    private final Optional<byte[]> divisors;

    /**
     * A file on diet.
     *
     * @param smaller how many times smaller the picture will be drawn
     */
    JpegDiet(ImageInputStream in, JpegHeader header, double smaller) {
        this.in = in;
        this.header = header;
        this.divisors = smaller >= SMALL_ENOUGH ? divisorsOfBlue() : Optional.empty();
    }

    /** Asks for the last scan alone, where that gives the picture as it is. */
    void askForTheLastScan(ImageReadParam param) {
        boolean notSmoothed = !header.progressive() || divisors.isPresent();
        if (header.severalScans() && notSmoothed) {
            param.setSourceProgressivePasses(Integer.MAX_VALUE, Integer.MAX_VALUE);
        }
    }

    /** What a decoder is to see. */
    ImageInputStream stream() throws IOException {
        Patchwork needed = new Patchwork(in).add(new byte[] {(byte) 0xff, (byte) JpegHeader.SOI});
        colours().ifPresent(segment -> needed.add(segment.bytes()));
        header.tables().divisors().forEach(segment -> needed.add(segment.bytes()));
        Segment frame = header.frame();
        if (divisors.isPresent()) {
            needed.add(new Segment(JpegHeader.DQT, divisors.get()).bytes());
            frame = withTable(frame, divisors.get()[0] & 0xf);
        }
        needed.add(frame.bytes());
        header.restarts().ifPresent(segment -> needed.add(segment.bytes()));
        header.tables().codes().forEach(segment -> needed.add(segment.bytes()));
        long end = header.severalScans() ? JpegScans.end(in, header.scans()) : in.length();
        return needed.add(header.scans(), end);
    }

    /** What says how colours are stored, in words that the JDK's decoder knows. */
    private Optional<Segment> colours() {
        boolean usual = header.jfif() || header.components() == 1 || differences();
        return usual ? Optional.of(JFIF) : header.adobe();
    }

    /** Whether colours are stored as a brightness and two differences. */
    private boolean differences() {
        return header.components() == 3
                && (header.jfif() || header.adobeTransform().orElse(!namedRgb()));
    }

    private boolean namedRgb() {
        return header.id(0) == 'R' && header.id(1) == 'G' && header.id(2) == 'B';
    }

    /** A table of divisors for the blue difference alone, with one zero in it, if there is such a difference. */
    private Optional<byte[]> divisorsOfBlue() {
        if (!header.progressive() || !differences()) {
            return Optional.empty();
        }
        Optional<byte[]> table = header.tables().divisors(header.table(BLUE));
        table.ifPresent(bytes -> {
            bytes[0] = (byte) ((bytes[0] & 0xf0) | unusedTable());
            int width = bytes.length / DIVISORS;
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
