package io.mediakeep.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes a lossless WebP file bit by bit (RFC 9649, section 3), with pixels that may take no bits. */
public final class LosslessWebp {
    /** The predictor of each pixel, for a block of 4 by 4. */
    public static final int PREDICTOR = 0;

    /** Green is added to red and blue. */
    public static final int SUBTRACT_GREEN = 2;

    private static final int SIGNATURE = 0x2f;

    private final int width;
    private final int height;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int held;
    private int count;

    private LosslessWebp(int width, int height) {
        this.width = width;
        this.height = height;
    }

    /** An image with its header, before the transforms. */
    public static LosslessWebp image(int width, int height) {
        LosslessWebp image = new LosslessWebp(width, height);
        return image.bits(SIGNATURE, 8)
                .bits(width - 1, 14)
                .bits(height - 1, 14)
                .bits(1, 1)
                .bits(0, 3);
    }

    /** An alpha channel: the same without the header. */
    public static LosslessWebp alpha(int width, int height) {
        return new LosslessWebp(width, height).bits(1, 8); // packed, not filtered
    }

    /** Adds bits, the least significant first. */
    public LosslessWebp bits(int value, int bits) {
        for (int i = 0; i < bits; i++) {
            held |= (value >> i & 1) << count;
            if (++count == 8) {
                out.write(held);
                held = 0;
                count = 0;
            }
        }
        return this;
    }

    /** A transform; its sub-resolution image, if it has one, is a single value. */
    public LosslessWebp transform(int kind, int number) {
        bits(1, 1).bits(kind, 2);
        return kind == SUBTRACT_GREEN ? this : bits(0, 3).bits(0, 1).group(number, 0);
    }

    /** After the transforms: pixels of one colour, with so many prefix code groups, of which the last one is used. */
    public LosslessWebp pixels(int groups, int green) {
        bits(0, 1).bits(0, 1); // no further transform, no cache
        if (groups == 1) {
            return bits(0, 1).group(green, 0);
        }
        int last = groups - 1;
        bits(1, 1).bits(0, 3).bits(0, 1).group(last & 0xff, last >> 8);
        for (int group = 0; group < groups; group++) {
            group(green, 0);
        }
        return this;
    }

    /** Five codes with one symbol each. */
    public LosslessWebp group(int green, int red) {
        for (int symbol : new int[] {green, red, 0, 255, 0}) {
            bits(0b101, 3).bits(symbol, 8);
        }
        return this;
    }

    /** The bytes written so far. */
    public byte[] bytes() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(out.toByteArray());
        all.write(held);
        return all.toByteArray();
    }

    /** The file. */
    public byte[] file() {
        return riff(chunk("VP8L", bytes()));
    }

    /** The file as a frame of an animation with a canvas of another size. */
    public byte[] fileOnCanvas(int canvasWidth, int canvasHeight) {
        ByteBuffer frame = little(16).putInt(0).putShort((short) 0);
        frame.putInt(width - 1 | height - 1 << 24).putShort((short) (height - 1 >> 8));
        byte[] first = joined(frame.array(), chunk("VP8L", bytes()));
        return riff(canvas(2, canvasWidth, canvasHeight), chunk("ANIM", new byte[6]), chunk("ANMF", first));
    }

    /** A RIFF file of chunks. */
    public static byte[] riff(byte[]... chunks) {
        byte[] all = joined(chunks);
        byte[] head = little(12)
                .put("RIFF".getBytes(ISO_8859_1))
                .putInt(4 + all.length)
                .put("WEBP".getBytes(ISO_8859_1))
                .array();
        return joined(head, all);
    }

    /** The VP8X chunk with the size of the canvas. */
    public static byte[] canvas(int flags, int width, int height) {
        long sides = width - 1 | (long) (height - 1) << 24;
        return chunk(
                "VP8X",
                little(10)
                        .putInt(flags)
                        .putInt((int) sides)
                        .putShort((short) (sides >> 32))
                        .array());
    }

    /** A chunk, padded to an even length. */
    public static byte[] chunk(String name, byte[] data) {
        ByteBuffer chunk = little(8 + data.length + (data.length & 1));
        return chunk.put(name.getBytes(ISO_8859_1))
                .putInt(data.length)
                .put(data)
                .array();
    }

    private static ByteBuffer little(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
