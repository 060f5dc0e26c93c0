package io.mediakeep.thumbnail.image.jpeg;

import io.mediakeep.thumbnail.image.PixelFormat;

/** YCCK: CMYK whose colours are stored as luma and two chroma components (JFIF 1.02, "Conversion to and from RGB"). */
final class Ycck {
    private Ycck() {}

    /** Converts pixels to CMYK as stored. */
    static void toStoredCmyk(byte[] pixels) {
        for (int i = 0; i < pixels.length; i += PixelFormat.CMYK.bytes()) {
            int brightness = pixels[i] & 0xff;
            int blue = (pixels[i + 1] & 0xff) - 128;
            int red = (pixels[i + 2] & 0xff) - 128;
            pixels[i] = inverse(brightness + 1.402 * red);
            pixels[i + 1] = inverse(brightness - 0.344136 * blue - 0.714136 * red);
            pixels[i + 2] = inverse(brightness + 1.772 * blue);
        }
    }

    private static byte inverse(double value) {
        return (byte) (255 - Math.max(0, Math.min(255, Math.round(value))));
    }
}
