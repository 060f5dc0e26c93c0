package io.mediakeep.thumbnail.render;

import io.mediakeep.thumbnail.image.PixelFormat;
import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.Optional;

/** Converts the colours of an image to sRGB. */
public final class ColourConversion {
    private ColourConversion() {}

    /** The image in sRGB (or gray). A profile that is invalid, or not of the colour space of the image, is ignored. */
    public static Pixels inSrgb(Pixels pixels, Optional<byte[]> profile) {
        try {
            if (profile.isPresent() && IccProfileSizes.fit(profile.get())) {
                ICC_Profile colours = ICC_Profile.getInstance(profile.get());
                if (fits(colours, pixels.samples())) {
                    return converted(pixels, colours);
                }
            }
        } catch (IllegalArgumentException | CMMException | ArrayIndexOutOfBoundsException nonsense) {
            return withoutProfile(pixels);
        }
        return withoutProfile(pixels);
    }

    private static boolean fits(ICC_Profile profile, PixelFormat samples) {
        int type = profile.getColorSpaceType();
        return switch (samples) {
            case GRAY -> type == ColorSpace.TYPE_GRAY;
            case RGB, RGBA -> type == ColorSpace.TYPE_RGB;
            case CMYK -> type == ColorSpace.TYPE_CMYK;
        };
    }

    private static Pixels converted(Pixels pixels, ICC_Profile colours) {
        PixelFormat samples = pixels.samples();
        int count = pixels.width() * pixels.height();
        boolean alpha = samples == PixelFormat.RGBA;
        byte[] from = alpha ? withoutAlpha(pixels) : pixels.bytes();
        byte[] to = new byte[count * PixelFormat.RGB.bytes()];
        ICC_Profile srgb = ((ICC_ColorSpace) ColorSpace.getInstance(ColorSpace.CS_sRGB)).getProfile();
        new ColorConvertOp(new ICC_Profile[] {colours, srgb}, null)
                .filter(raster(from, pixels, from.length / count), raster(to, pixels, PixelFormat.RGB.bytes()));
        return new Pixels(
                pixels.width(),
                pixels.height(),
                alpha ? PixelFormat.RGBA : PixelFormat.RGB,
                alpha ? withAlpha(to, pixels.bytes()) : to);
    }

    private static WritableRaster raster(byte[] bytes, Pixels size, int step) {
        int[] bands = new int[step];
        for (int band = 0; band < step; band++) {
            bands[band] = band;
        }
        DataBufferByte buffer = new DataBufferByte(bytes, bytes.length);
        return Raster.createInterleavedRaster(
                buffer, size.width(), size.height(), size.width() * step, step, bands, null);
    }

    private static byte[] withoutAlpha(Pixels pixels) {
        byte[] bytes = pixels.bytes();
        byte[] colours = new byte[bytes.length / 4 * 3];
        for (int i = 0; i < colours.length; i++) {
            colours[i] = bytes[i / 3 * 4 + i % 3];
        }
        return colours;
    }

    private static byte[] withAlpha(byte[] colours, byte[] before) {
        byte[] bytes = before.clone();
        for (int i = 0; i < colours.length; i++) {
            bytes[i / 3 * 4 + i % 3] = colours[i];
        }
        return bytes;
    }

    /** CMYK is converted as ideal inks; other colours are taken as sRGB. */
    private static Pixels withoutProfile(Pixels pixels) {
        if (pixels.samples() != PixelFormat.CMYK) {
            return pixels;
        }
        byte[] inks = pixels.bytes();
        byte[] result = new byte[inks.length / 4 * 3];
        int to = 0;
        for (int i = 0; i < inks.length; i += 4) {
            int light = 255 - (inks[i + 3] & 0xff);
            for (int ink = 0; ink < 3; ink++) {
                result[to++] = (byte) ((255 - (inks[i + ink] & 0xff)) * light / 255);
            }
        }
        return new Pixels(pixels.width(), pixels.height(), PixelFormat.RGB, result);
    }
}
