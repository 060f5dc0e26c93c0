package io.mediakeep.thumbnail.image.jpeg;

import io.mediakeep.thumbnail.image.CorruptImageException;
import io.mediakeep.thumbnail.image.jpeg.JpegHeader.Segment;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The quantization and Huffman tables of a JPEG file (ITU-T T.81, B.2.4.1 and B.2.4.2). A later table replaces an
 * earlier one with its number, so that their number is bounded.
 */
final class JpegTables {
    private static final int QUANTIZERS = 64;
    private static final int CODE_LENGTHS = 16;
    private static final int MAX_TABLES = 4;

    private final Map<Integer, byte[]> quantizers = new TreeMap<>();
    private final Map<Integer, byte[]> huffmanTables = new TreeMap<>();

    /** Adds the tables of a segment. */
    void take(Segment segment) throws CorruptImageException {
        boolean ofCodes = segment.marker() == JpegHeader.DHT;
        byte[] data = segment.data();
        int start = 0;
        while (start < data.length) {
            int end = start + (ofCodes ? huffmanTableLength(segment, start) : quantizerTableLength(data[start]));
            int number = data[start] & 0xff;
            if (end > data.length || (number & 0xf) >= MAX_TABLES || number >> 4 > 1) {
                throw new CorruptImageException("an invalid JPEG table");
            }
            byte[] table = Arrays.copyOfRange(data, start, end);
            if (ofCodes) {
                huffmanTables.put(number, table);
            } else {
                quantizers.put(number & 0xf, table);
            }
            start = end;
        }
    }

    private static int quantizerTableLength(byte numberAndPrecision) {
        return 1 + QUANTIZERS * (numberAndPrecision >> 4 == 0 ? 1 : 2);
    }

    private static int huffmanTableLength(Segment segment, int start) throws CorruptImageException {
        int length = 1 + CODE_LENGTHS;
        for (int i = 1; i <= CODE_LENGTHS; i++) {
            length += segment.at(start + i);
        }
        return length;
    }

    /** The quantization tables, as segments. */
    List<Segment> quantizers() {
        return segments(JpegHeader.DQT, quantizers);
    }

    /** The Huffman tables, as segments. */
    List<Segment> huffmanTables() {
        return segments(JpegHeader.DHT, huffmanTables);
    }

    private static List<Segment> segments(int marker, Map<Integer, byte[]> tables) {
        return tables.values().stream().map(table -> new Segment(marker, table)).toList();
    }

    /** The quantization table with this number: number and precision in a byte, then 64 values of one or two bytes. */
    Optional<byte[]> quantizers(int number) {
        return Optional.ofNullable(quantizers.get(number)).map(byte[]::clone);
    }
}
