package io.mediakeep.thumbnail.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.mediakeep.thumbnail.SyntheticImages;
import java.io.ByteArrayOutputStream;

/** A GIF file of plain rectangles, written byte by byte. Its palette: red, green, blue, yellow. */
public final class TestGif {
    private static final int CLEAR_CODE = 4;
    private static final int END_CODE = 5;
    private static final int CODE_BITS = 3;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public TestGif(int width, int height) {
        out.writeBytes("GIF89a".getBytes(ISO_8859_1));
        two(width);
        two(height);
        out.write(0x81); // a palette of four colours
        two(0);
        for (int colour :
                new int[] {SyntheticImages.RED, SyntheticImages.GREEN, SyntheticImages.BLUE, SyntheticImages.YELLOW}) {
            out.write(colour >> 16);
            out.write(colour >> 8);
            out.write(colour);
        }
    }

    public TestGif looping(int times) {
        out.writeBytes(new byte[] {0x21, (byte) 0xff, 11});
        out.writeBytes("NETSCAPE2.0".getBytes(ISO_8859_1));
        out.writeBytes(new byte[] {3, 1});
        two(times);
        out.write(0);
        return this;
    }

    public TestGif comment(int bytes) {
        out.writeBytes(new byte[] {0x21, (byte) 0xfe});
        for (int left = bytes; left > 0; left -= 255) {
            int length = Math.min(left, 255);
            out.write(length);
            out.writeBytes(new byte[length]);
        }
        out.write(0);
        return this;
    }

    /** A frame of one colour, 0 to 3, with a delay in hundredths of a second; a transparent index of 4 means none. */
    public TestGif frame(int x, int y, int width, int height, int colour, int delay, int disposal, int transparent) {
        out.writeBytes(new byte[] {0x21, (byte) 0xf9, 4});
        out.write(disposal << 2 | (transparent < 4 ? 1 : 0));
        two(delay);
        out.write(transparent);
        out.write(0);
        out.write(0x2c);
        two(x);
        two(y);
        two(width);
        two(height);
        out.write(0);
        pixels(width * height, colour);
        return this;
    }

    private void pixels(int count, int colour) {
        out.write(2);
        Bits bits = new Bits();
        for (int i = 0; i < count; i++) {
            if (i % 2 == 0) {
                bits.add(CLEAR_CODE); // so that the code size never grows
            }
            bits.add(colour);
        }
        bits.add(END_CODE);
        byte[] packed = bits.bytes();
        for (int start = 0; start < packed.length; start += 255) {
            int length = Math.min(255, packed.length - start);
            out.write(length);
            out.write(packed, start, length);
        }
        out.write(0);
    }

    public byte[] file() {
        out.write(0x3b);
        return out.toByteArray();
    }

    private void two(int number) {
        out.write(number);
        out.write(number >> 8);
    }

    /** Codes of three bits, the lowest bit first. */
    private static final class Bits {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int held;
        private int count;

        void add(int code) {
            held |= code << count;
            count += CODE_BITS;
            while (count >= 8) {
                bytes.write(held);
                held >>>= 8;
                count -= 8;
            }
        }

        byte[] bytes() {
            bytes.write(held);
            return bytes.toByteArray();
        }
    }
}
