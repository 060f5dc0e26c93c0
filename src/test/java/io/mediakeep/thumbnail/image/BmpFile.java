package io.mediakeep.thumbnail.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.mediakeep.thumbnail.SyntheticImages;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A BMP file, written byte by byte. Its palette: yellow, red, green, blue. */
public final class BmpFile {
    public static final int RLE8 = 1;
    public static final int RLE4 = 2;

    private static final int FILE_HEADER = 14;
    private static final int MAX_HEADER = 124;
    private static final int[] PALETTE = {
        SyntheticImages.YELLOW, SyntheticImages.RED, SyntheticImages.GREEN, SyntheticImages.BLUE
    };

    private final ByteArrayOutputStream pixels = new ByteArrayOutputStream();

    /** Appends bytes of the pixel data. */
    public BmpFile add(int... bytes) {
        for (int one : bytes) {
            pixels.write(one);
        }
        return this;
    }

    /** Appends the same bytes several times. */
    public BmpFile times(int count, int... bytes) {
        for (int i = 0; i < count; i++) {
            add(bytes);
        }
        return this;
    }

    /** A file with a Windows header (BITMAPINFOHEADER). */
    public byte[] file(int width, int height, int compression) {
        return file(40, width, height, compression);
    }

    /** @param headerSize of the second header: 12 (OS/2 1), 16 to 64 (OS/2 2), 40 and more (Windows) */
    public byte[] file(int headerSize, int width, int height, int compression) {
        ByteBuffer header = ByteBuffer.allocate(MAX_HEADER).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(headerSize);
        if (headerSize == 12) {
            header.putShort((short) width).putShort((short) height);
        } else {
            header.putInt(width).putInt(height);
        }
        header.putShort((short) 1).putShort((short) (compression == RLE4 ? 4 : 8));
        if (headerSize >= 20) {
            header.putInt(compression);
        }
        ByteArrayOutputStream palette = palette(headerSize == 12 ? 3 : 4);
        int start = FILE_HEADER + headerSize + palette.size();
        ByteBuffer file = ByteBuffer.allocate(start + pixels.size()).order(ByteOrder.LITTLE_ENDIAN);
        file.put("BM".getBytes(ISO_8859_1)).putInt(file.capacity()).putInt(0).putInt(start);
        file.put(header.array(), 0, headerSize).put(palette.toByteArray()).put(pixels.toByteArray());
        return file.array();
    }

    private static ByteArrayOutputStream palette(int bytesPerColour) {
        ByteArrayOutputStream palette = new ByteArrayOutputStream();
        for (int colour : PALETTE) {
            byte[] stored = {(byte) colour, (byte) (colour >> 8), (byte) (colour >> 16), 0};
            palette.write(stored, 0, bytesPerColour);
        }
        return palette;
    }
}
