package io.mediakeep.thumbnail.image.png;

import io.mediakeep.thumbnail.image.PixelFormat;
import java.util.Arrays;

/** Converts the pixels of any PNG colour type and bit depth to bytes of gray, RGB or RGBA. */
final class PngPixels {
    private final PngHeader png;
    private final PixelFormat samples;
    private final int[] transparent;
    private byte[] row = {};
    private int[] numbers = {};

    PngPixels(PngHeader png) {
        this.png = png;
        boolean translucent = png.transparency().length > 0;
        this.samples = switch (png.colourType()) {
            case PngHeader.GRAY -> translucent ? PixelFormat.RGBA : PixelFormat.GRAY;
            case PngHeader.RGB, PngHeader.PALETTE -> translucent ? PixelFormat.RGBA : PixelFormat.RGB;
            default -> PixelFormat.RGBA;
        };
        this.transparent = transparentColour();
    }

    /** The format of the result. */
    PixelFormat samples() {
        return samples;
    }

    /** The samples of the transparent colour; empty for none. */
    private int[] transparentColour() {
        byte[] bytes = png.transparency();
        if (png.colourType() == PngHeader.PALETTE || bytes.length < 2 * png.bands()) {
            return new int[0];
        }
        int[] colour = new int[png.bands()];
        int largest = (1 << png.bitDepth()) - 1;
        for (int band = 0; band < colour.length; band++) {
            int stored = ((bytes[2 * band] & 0xff) << 8) | (bytes[2 * band + 1] & 0xff);
            colour[band] = png.bitDepth() < 8 ? (stored & largest) * 255 / largest : stored & largest;
        }
        return colour;
    }

    /** The pixels of a row of bytes; samples of less than 8 bits have been scaled to 8. */
    byte[] ofBytes(byte[] read) {
        if (png.colourType() == PngHeader.PALETTE) {
            return ofPalette(read);
        }
        if (samples.bytes() == png.bands()) {
            return read;
        }
        int[] stored = roomForNumbers(read.length);
        for (int i = 0; i < stored.length; i++) {
            stored[i] = read[i] & 0xff;
        }
        return ofNumbers(stored, 0);
    }

    /** The pixels of a row of 16-bit samples. */
    byte[] ofShorts(short[] read) {
        int[] stored = roomForNumbers(read.length);
        for (int i = 0; i < stored.length; i++) {
            stored[i] = read[i] & 0xffff;
        }
        return ofNumbers(stored, 8);
    }

    private byte[] ofNumbers(int[] stored, int shift) {
        int bands = png.bands();
        byte[] pixels = room(stored.length / bands);
        int to = 0;
        for (int from = 0; from < stored.length; from += bands) {
            int colours = bands < 3 ? 1 : 3;
            if (samples == PixelFormat.GRAY) {
                pixels[to++] = (byte) (stored[from] >> shift);
                continue;
            }
            for (int colour = 0; colour < 3; colour++) {
                pixels[to++] = (byte) (stored[from + Math.min(colour, colours - 1)] >> shift);
            }
            if (samples == PixelFormat.RGBA) {
                pixels[to++] = bands > colours
                        ? (byte) (stored[from + colours] >> shift)
                        : (byte) (isTransparent(stored, from) ? 0 : 255);
            }
        }
        return pixels;
    }

    private boolean isTransparent(int[] stored, int from) {
        return transparent.length > 0
                && Arrays.equals(transparent, 0, transparent.length, stored, from, from + transparent.length);
    }

    private byte[] ofPalette(byte[] read) {
        byte[] pixels = room(read.length);
        byte[] palette = png.palette();
        byte[] opacity = png.transparency();
        int largest = (1 << png.bitDepth()) - 1;
        int to = 0;
        for (byte stretched : read) {
            int entry = (stretched & 0xff) * largest / 255;
            for (int colour = 0; colour < 3; colour++) {
                int at = 3 * entry + colour;
                pixels[to++] = at < palette.length ? palette[at] : 0;
            }
            if (samples == PixelFormat.RGBA) {
                pixels[to++] = entry < opacity.length ? opacity[entry] : (byte) 255;
            }
        }
        return pixels;
    }

    private int[] roomForNumbers(int count) {
        if (numbers.length != count) {
            numbers = new int[count];
        }
        return numbers;
    }

    private byte[] room(int pixels) {
        if (row.length != pixels * samples.bytes()) {
            row = new byte[pixels * samples.bytes()];
        }
        return row;
    }
}
