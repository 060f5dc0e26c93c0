package io.mediakeep.thumbnail.image;

import static io.mediakeep.thumbnail.SyntheticImages.BLUE;
import static io.mediakeep.thumbnail.SyntheticImages.GREEN;
import static io.mediakeep.thumbnail.SyntheticImages.NOTHING;
import static io.mediakeep.thumbnail.SyntheticImages.RED;
import static io.mediakeep.thumbnail.SyntheticImages.YELLOW;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * A square PNG file of four quadrants in any colour type and bit depth: red, green, blue and yellow in colour, dark to
 * light in gray.
 */
public final class TestPng {
    private static final int[] COLOURS = {RED, GREEN, BLUE, YELLOW};
    private static final int[][] PASSES = {
        {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
    };

    private final int size;
    private final int bitDepth;
    private final int colourType;
    private final boolean interlaced;
    private boolean transparent;

    public TestPng(int size, int bitDepth, int colourType, boolean interlaced) {
        this.size = size;
        this.bitDepth = bitDepth;
        this.colourType = colourType;
        this.interlaced = interlaced;
    }

    public TestPng withTransparentFirstColour() {
        transparent = true;
        return this;
    }

    public byte[] file() throws IOException {
        return fileWith(new byte[0]);
    }

    /** The file, with one more chunk before the pixels. */
    public byte[] fileWith(byte[] chunk) throws IOException {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        for (int[] pass : interlaced ? PASSES : new int[][] {{0, 0, 1, 1}}) {
            for (int y = pass[1]; y < size; y += pass[3]) {
                rows.write(0);
                rows.writeBytes(row(y, pass[0], pass[2]));
            }
        }
        return TestImageFiles.png(
                TestImageFiles.header(size, size, bitDepth, colourType, interlaced),
                colourType == 3 ? TestImageFiles.chunk("PLTE", palette()) : new byte[0],
                transparent ? TestImageFiles.chunk("tRNS", transparency()) : new byte[0],
                chunk,
                TestImageFiles.chunk("IDAT", TestImageFiles.deflated(rows.toByteArray())),
                TestImageFiles.chunk("IEND", new byte[0]));
    }

    private byte[] row(int y, int start, int step) {
        int[] numbers = new int[4 * size];
        int count = 0;
        for (int x = start; x < size; x += step) {
            int quadrant = (2 * x < size ? 0 : 1) + (2 * y < size ? 0 : 2);
            for (int number : pixel(quadrant)) {
                numbers[count++] = number;
            }
        }
        byte[] packed = new byte[(count * bitDepth + 7) / 8];
        for (int i = 0; i < count; i++) {
            for (int bit = 0; bit < bitDepth; bit++) {
                int at = i * bitDepth + bit;
                if ((numbers[i] >> bitDepth - 1 - bit & 1) != 0) {
                    packed[at / 8] |= (byte) (0x80 >> at % 8);
                }
            }
        }
        return packed;
    }

    private int largest() {
        return (1 << bitDepth) - 1;
    }

    private int[] pixel(int quadrant) {
        return switch (colourType) {
            case 0 -> new int[] {gray(quadrant)};
            case 3 -> new int[] {quadrant % (largest() + 1)};
            case 4 -> new int[] {gray(quadrant), largest()};
            case 2 -> Arrays.copyOf(rgba(quadrant), 3);
            default -> rgba(quadrant);
        };
    }

    private int gray(int quadrant) {
        return largest() * quadrant / 3;
    }

    private int[] rgba(int quadrant) {
        int[] rgba = new int[4];
        for (int i = 0; i < 3; i++) {
            rgba[i] = (COLOURS[quadrant] >> 16 - 8 * i & 0xff) * (bitDepth == 16 ? 257 : 1);
        }
        rgba[3] = largest();
        return rgba;
    }

    private byte[] palette() {
        byte[] palette = new byte[3 * Math.min(4, largest() + 1)];
        for (int i = 0; i < palette.length; i++) {
            palette[i] = (byte) (COLOURS[i / 3] >> 16 - 8 * (i % 3));
        }
        return palette;
    }

    private byte[] transparency() {
        if (colourType == 3) {
            return new byte[] {0};
        }
        byte[] colour = new byte[colourType == 0 ? 2 : 6];
        int[] pixel = pixel(0);
        for (int i = 0; i < pixel.length; i++) {
            colour[2 * i] = (byte) (pixel[i] >> 8);
            colour[2 * i + 1] = (byte) pixel[i];
        }
        return colour;
    }

    /** The expected colours of the four quadrants. */
    public int[] shownColours() {
        int[] shown = new int[4];
        for (int quadrant = 0; quadrant < 4; quadrant++) {
            boolean gray = colourType == 0 || colourType == 4;
            int light = gray(quadrant) * 255 / largest();
            int entry = colourType == 3 ? quadrant % (largest() + 1) : quadrant;
            boolean same = Arrays.equals(pixel(quadrant), pixel(0));
            shown[quadrant] = transparent && same ? NOTHING : gray ? 0xff000000 | light * 0x10101 : COLOURS[entry];
        }
        return shown;
    }
}
