package io.mediakeep.thumbnail.image.webp;

import io.mediakeep.thumbnail.image.CorruptImageException;
import java.io.IOException;

/**
 * Computes the size of the tables that TwelveMonkeys' decoder builds for a lossless WebP stream before it decodes a
 * pixel. A file of 160 KB can have 65,536 groups of five prefix codes, which take 350 MB; and a stream may repeat a
 * transform any number of times, each of which is stored and applied to the whole image. So everything before the
 * pixels is parsed here, without storing it (RFC 9649, sections 3.4 to 3.7).
 */
final class LosslessWebpTables {
    private static final int PREDICTOR = 0;
    private static final int COLOURS = 1;
    private static final int COLOUR_TABLE = 3;
    private static final int LITERALS = 256;
    private static final int LENGTHS = 24;
    private static final int DISTANCES = 40;
    private static final int MAX_CACHE_BITS = 11;

    /** A table for codes of up to 8 bits, with object overhead. Measured. */
    private static final int FIRST_LEVEL_BITS = 8;

    private static final long BYTES_PER_CODE = 1200;

    /** Tables for longer codes: an entry for each, and at most 128 empty ones for each length from 9 to 15. */
    private static final long EMPTY_ENTRIES = 7 * 128;

    private final WebpBitReader bits;
    private int width;
    private final int height;

    private LosslessWebpTables(WebpBitReader bits, int width, int height) {
        this.bits = bits;
        this.width = width;
        this.height = height;
    }

    /**
     * The memory of the tables of a stream in bytes.
     *
     * @param bits what follows the header of the stream
     * @throws CorruptImageException when the stream ends before its pixels, or is invalid
     */
    static long bytes(WebpBitReader bits, int width, int height) throws IOException {
        return new LosslessWebpTables(bits, width, height).bytes();
    }

    private long bytes() throws IOException {
        readTransforms();
        int cacheBits = readCacheBits();
        int groups = 1;
        if (bits.read(1) == 1) {
            int size = 2 + bits.read(3);
            groups += readImage(shrunk(width, size), shrunk(height, size));
        }
        long bytes = 0;
        for (int group = 0; group < groups; group++) {
            for (PrefixCode code : readGroup(cacheBits)) {
                int longer = code.longerThan(FIRST_LEVEL_BITS);
                bytes += BYTES_PER_CODE + (longer == 0 ? 0 : Integer.BYTES * (longer + EMPTY_ENTRIES));
            }
        }
        return bytes;
    }

    private void readTransforms() throws IOException {
        int seen = 0;
        while (bits.read(1) == 1) {
            int kind = bits.read(2);
            if ((seen & (1 << kind)) != 0) {
                throw new CorruptImageException("a repeated lossless WebP transform");
            }
            seen |= 1 << kind;
            if (kind == PREDICTOR || kind == COLOURS) {
                int size = 2 + bits.read(3);
                readImage(shrunk(width, size), shrunk(height, size));
            } else if (kind == COLOUR_TABLE) {
                int colours = 1 + bits.read(8);
                readImage(colours, 1);
                width = shrunk(width, colours > 16 ? 0 : colours > 4 ? 1 : colours > 2 ? 2 : 3);
            }
        }
    }

    private static int shrunk(int side, int bits) {
        return (side + (1 << bits) - 1) >> bits;
    }

    private int readCacheBits() throws IOException {
        if (bits.read(1) == 0) {
            return 0;
        }
        int cacheBits = bits.read(4);
        if (cacheBits < 1 || cacheBits > MAX_CACHE_BITS) {
            throw new CorruptImageException("an invalid size of the colour cache");
        }
        return cacheBits;
    }

    private PrefixCode[] readGroup(int cacheBits) throws IOException {
        int cached = cacheBits == 0 ? 0 : 1 << cacheBits;
        return new PrefixCode[] {
            PrefixCode.read(bits, LITERALS + LENGTHS + cached),
            PrefixCode.read(bits, LITERALS),
            PrefixCode.read(bits, LITERALS),
            PrefixCode.read(bits, LITERALS),
            PrefixCode.read(bits, DISTANCES)
        };
    }

    /** Reads a sub-resolution image; returns the largest value in red and green of its pixels. */
    private int readImage(int columns, int rows) throws IOException {
        PrefixCode[] group = readGroup(readCacheBits());
        long left = (long) columns * rows;
        int largest = 0;
        while (left > 0) {
            int symbol = group[0].next(bits);
            if (symbol < LITERALS) {
                largest = Math.max(largest, (group[1].next(bits) << 8) | symbol);
                group[2].next(bits);
                group[3].next(bits);
                left--;
            } else if (symbol < LITERALS + LENGTHS) {
                left -= number(symbol - LITERALS);
                number(group[4].next(bits));
            } else {
                left--; // a colour from the cache
            }
        }
        return largest;
    }

    /** A length or distance: a prefix and extra bits (section 3.6.2.2). */
    private int number(int prefix) throws IOException {
        if (prefix < 4) {
            return prefix + 1;
        }
        int extra = (prefix - 2) >> 1;
        return ((2 + (prefix & 1)) << extra) + bits.read(extra) + 1;
    }
}
