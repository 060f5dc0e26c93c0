package io.mediakeep.thumbnail.picture;

import io.mediakeep.thumbnail.picture.JpegHeader.Segment;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The tables of divisors and of Huffman codes of a JPEG file (ITU-T T.81, B.2.4.1 and B.2.4.2). A later table takes the
 * place of an earlier one with its number, so that few are kept, however many a file has.
 */
final class JpegTables {
    private static final int DIVISORS = 64;
    private static final int CODE_LENGTHS = 16;
    private static final int MAX_TABLES = 4;

    private final Map<Integer, byte[]> divisors = new TreeMap<>();
    private final Map<Integer, byte[]> codes = new TreeMap<>();

    /** Takes the tables in a segment. */
    void take(Segment segment) throws BrokenPictureException {
        boolean ofCodes = segment.marker() == JpegHeader.DHT;
        byte[] data = segment.data();
        int start = 0;
        while (start < data.length) {
            int end = start + (ofCodes ? lengthOfCodes(segment, start) : lengthOfDivisors(data[start]));
            int number = data[start] & 0xff;
            if (end > data.length || (number & 0xf) >= MAX_TABLES || number >> 4 > 1) {
                throw new BrokenPictureException("a JPEG table that makes no sense");
            }
            byte[] table = Arrays.copyOfRange(data, start, end);
            if (ofCodes) {
                codes.put(number, table);
            } else {
                divisors.put(number & 0xf, table);
            }
            start = end;
        }
    }

    private static int lengthOfDivisors(byte numberAndPrecision) {
        return 1 + DIVISORS * (numberAndPrecision >> 4 == 0 ? 1 : 2);
    }

    private static int lengthOfCodes(Segment segment, int start) throws BrokenPictureException {
        int length = 1 + CODE_LENGTHS;
        for (int i = 1; i <= CODE_LENGTHS; i++) {
            length += segment.at(start + i);
        }
        return length;
    }

    /** The divisors, as segments. */
    List<Segment> divisors() {
        return segments(JpegHeader.DQT, divisors);
    }

    /** The Huffman codes, as segments. */
    List<Segment> codes() {
        return segments(JpegHeader.DHT, codes);
    }

    private static List<Segment> segments(int marker, Map<Integer, byte[]> tables) {
        return tables.values().stream().map(table -> new Segment(marker, table)).toList();
    }

    /** The divisors with this number: it and their precision in a byte, then 64 of one or two bytes. */
    Optional<byte[]> divisors(int number) {
        return Optional.ofNullable(divisors.get(number)).map(byte[]::clone);
    }
}
