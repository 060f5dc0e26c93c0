package io.mediakeep.thumbnail.image.webp;

import io.mediakeep.thumbnail.image.CorruptImageException;
import java.io.IOException;

/** A canonical prefix code of a lossless WebP stream (RFC 9649, section 3.7.2). */
final class PrefixCode {
    private static final int MAX_LENGTH = 15;
    private static final int[] LENGTHS_ORDER = {17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    private static final int REPEAT_PREVIOUS = 16;
    private static final int REPEAT_ZERO = 17;
    private static final int FIRST_PREVIOUS = 8;

    private final int[] counts = new int[MAX_LENGTH + 1];
    private final int[] symbols;

    /** A simple code of one or two symbols, in the order of their codes 0 and 1. */
    private PrefixCode(int alphabet, int... symbols) throws CorruptImageException {
        for (int symbol : symbols) {
            if (symbol >= alphabet) {
                throw new CorruptImageException("a prefix code with symbols outside of its alphabet");
            }
        }
        this.symbols = symbols;
        counts[symbols.length == 1 ? 0 : 1] = symbols.length;
    }

    /** The code with these code lengths of its symbols, 0 for none. */
    private PrefixCode(byte[] lengths) throws CorruptImageException {
        int[] next = new int[MAX_LENGTH + 1];
        for (byte length : lengths) {
            counts[length]++;
        }
        int used = lengths.length - counts[0];
        counts[0] = 0;
        symbols = new int[used];
        for (int length = 1; length < MAX_LENGTH; length++) {
            next[length + 1] = next[length] + counts[length];
        }
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            if (lengths[symbol] > 0) {
                symbols[next[lengths[symbol]]++] = symbol;
            }
        }
        checkComplete();
    }

    /** A single symbol takes no bits, whatever its length; otherwise the codes must fill the code space. */
    private void checkComplete() throws CorruptImageException {
        int share = 0;
        for (int length = 1; length <= MAX_LENGTH; length++) {
            share += counts[length] << (MAX_LENGTH - length);
        }
        if (symbols.length != 1 && share != 1 << MAX_LENGTH) {
            throw new CorruptImageException("a prefix code that is not complete");
        }
    }

    /**
     * Reads a code.
     *
     * @param alphabet the number of symbols
     * @throws CorruptImageException when the code is not complete, or has symbols outside the alphabet, which a simple
     *     code of distances can have
     */
    static PrefixCode read(WebpBitReader bits, int alphabet) throws IOException {
        if (bits.read(1) == 1) {
            boolean two = bits.read(1) == 1;
            int first = bits.read(bits.read(1) == 1 ? 8 : 1);
            return two ? new PrefixCode(alphabet, first, bits.read(8)) : new PrefixCode(alphabet, first);
        }
        byte[] lengths = new byte[LENGTHS_ORDER.length];
        int given = 4 + bits.read(4);
        for (int i = 0; i < given; i++) {
            lengths[LENGTHS_ORDER[i]] = (byte) bits.read(3);
        }
        return new PrefixCode(lengths(bits, new PrefixCode(lengths), alphabet));
    }

    private static byte[] lengths(WebpBitReader bits, PrefixCode code, int alphabet) throws IOException {
        byte[] lengths = new byte[alphabet];
        int codes = bits.read(1) == 1 ? 2 + bits.read(2 + 2 * bits.read(3)) : alphabet;
        byte previous = FIRST_PREVIOUS;
        for (int at = 0; at < alphabet && codes > 0; codes--) {
            int symbol = code.next(bits);
            if (symbol < REPEAT_PREVIOUS) {
                lengths[at++] = (byte) symbol;
                previous = symbol == 0 ? previous : (byte) symbol;
                continue;
            }
            for (int left = repetitions(bits, symbol); left > 0; left--) {
                if (at == alphabet) {
                    throw new CorruptImageException("a prefix code with too many symbols");
                }
                lengths[at++] = symbol == REPEAT_PREVIOUS ? previous : 0;
            }
        }
        return lengths;
    }

    private static int repetitions(WebpBitReader bits, int symbol) throws IOException {
        return switch (symbol) {
            case REPEAT_PREVIOUS -> 3 + bits.read(2);
            case REPEAT_ZERO -> 3 + bits.read(3);
            default -> 11 + bits.read(7);
        };
    }

    /** The next symbol. */
    int next(WebpBitReader bits) throws IOException {
        if (symbols.length == 1) {
            return symbols[0];
        }
        int code = 0;
        int first = 0;
        int index = 0;
        for (int length = 1; length <= MAX_LENGTH; length++) {
            code = (code << 1) | bits.read(1);
            first <<= 1;
            if (code - first < counts[length]) {
                return symbols[index + code - first];
            }
            index += counts[length];
            first += counts[length];
        }
        throw new CorruptImageException("no such prefix code");
    }

    /** The number of symbols with codes longer than so many bits. */
    int longerThan(int bits) {
        int longer = 0;
        for (int length = bits + 1; length <= MAX_LENGTH; length++) {
            longer += counts[length];
        }
        return longer;
    }
}
