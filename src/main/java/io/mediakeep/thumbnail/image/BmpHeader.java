package io.mediakeep.thumbnail.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;
import javax.imageio.stream.ImageInputStream;

/**
 * The header of a BMP file of Windows or OS/2. The JDK's reader allocates what a header declares (the size of
 * compressed pixels, of palettes and profiles, and of embedded PNG and JPEG files), so it gets a rewritten header with
 * the actual sizes.
 *
 * @param bits per pixel: 1, 4, 8, 16, 24 or 32
 * @param compression one of the constants below
 * @param masks the bits of red, green and blue in a pixel, if declared
 * @param palette blue, green, red and a zero for each value of a pixel of up to 8 bits
 * @param pixels the offset of the pixels in the file
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record BmpHeader(int width, int height, int bits, int compression, byte[] masks, byte[] palette, long pixels) {
    /** The bytes of a colour in the palette. */
    static final int PALETTE_ENTRY = 4;

    private static final int FILE_HEADER = 14;
    private static final int CORE_HEADER = 12;
    private static final int MAX_HEADER = 124;
    private static final int OUR_HEADER = 40;
    private static final int COMPRESSION = FILE_HEADER + 16;
    private static final int MASKS = FILE_HEADER + OUR_HEADER;
    private static final int MASK_BYTES = 12;
    private static final int PLAIN = 0;
    private static final int RLE8 = 1;
    private static final int RLE4 = 2;
    private static final int BIT_FIELDS = 3;

    /** Reads the header and the palette. */
    static BmpHeader read(ImageInputStream in) throws IOException {
        in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
        in.seek(FILE_HEADER - 4);
        long pixels = in.readUnsignedInt();
        long size = in.readUnsignedInt();
        if (size < CORE_HEADER || size > MAX_HEADER || pixels < FILE_HEADER + size || pixels >= in.length()) {
            throw new CorruptImageException("a BMP header of an unknown size, or without pixels behind it");
        }
        boolean core = size == CORE_HEADER;
        int width = core ? in.readUnsignedShort() : in.readInt();
        int height = core ? in.readUnsignedShort() : in.readInt();
        in.skipBytes(2);
        int bits = in.readUnsignedShort();
        int compression = size >= COMPRESSION + 4 - FILE_HEADER ? in.readInt() : PLAIN;
        byte[] masks = new byte[compression == BIT_FIELDS ? MASK_BYTES : 0];
        in.seek(MASKS);
        in.readFully(masks);
        byte[] palette = palette(in, FILE_HEADER + size, pixels, core ? 3 : PALETTE_ENTRY, bits);
        return new BmpHeader(width, height, bits, compression, masks, palette, pixels).checked();
    }

    /** The palette, as far as there is room for it in the file; the rest is black. */
    private static byte[] palette(ImageInputStream in, long start, long end, int entry, int bits) throws IOException {
        byte[] palette = new byte[bits <= 8 ? PALETTE_ENTRY << bits : 0];
        in.seek(start);
        for (int i = 0; i < palette.length && in.getStreamPosition() + entry <= end; i += PALETTE_ENTRY) {
            in.readFully(palette, i, 3);
            in.skipBytes(entry - 3);
        }
        return palette;
    }

    private BmpHeader checked() throws CorruptImageException {
        boolean known = switch (compression) {
            case PLAIN -> Set.of(1, 4, 8, 16, 24, 32).contains(bits);
            case RLE8 -> bits == 8;
            case RLE4 -> bits == 4;
            case BIT_FIELDS -> bits == 16 || bits == 32;
            default -> false;
        };
        if (!known || height == Integer.MIN_VALUE) {
            throw new CorruptImageException("a kind of BMP that is not read");
        }
        return this;
    }

    /** The number of rows; the height is negative where the first of them is the top one. */
    int rows() {
        return Math.abs(height);
    }

    /** Whether the pixels are run-length encoded. */
    boolean runLengthEncoded() {
        return compression == RLE8 || compression == RLE4;
    }

    /** The file with the rewritten header. */
    SplicedStream stripped(ImageInputStream in) throws IOException {
        int start = FILE_HEADER + OUR_HEADER + masks.length + palette.length;
        int length = (int) Math.min(Integer.MAX_VALUE - start, in.length() - pixels);
        ByteBuffer header = ByteBuffer.allocate(start).order(ByteOrder.LITTLE_ENDIAN);
        header.put((byte) 'B').put((byte) 'M').putInt(start + length).putInt(0).putInt(start);
        header.putInt(OUR_HEADER)
                .putInt(width)
                .putInt(height)
                .putShort((short) 1)
                .putShort((short) bits);
        header.putInt(compression).putInt(length).putLong(0).putLong(0);
        header.put(masks).put(palette);
        return new SplicedStream(in).add(header.array()).add(pixels, pixels + length);
    }
}
