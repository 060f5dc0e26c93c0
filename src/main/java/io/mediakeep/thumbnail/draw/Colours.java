package io.mediakeep.thumbnail.draw;

import io.mediakeep.thumbnail.picture.Samples;
import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.Optional;

/** Turns the colours of a picture, whatever they are, into those of sRGB. */
public final class Colours {
    private static final int[] RGB = {0, 1, 2};

    private Colours() {}

    /** The picture in sRGB (or gray). A profile that makes no sense, or does not fit the picture, is passed over. */
    public static Pixels inSrgb(Pixels pixels, Optional<byte[]> profile) {
        try {
            if (profile.isPresent()) {
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

    private static boolean fits(ICC_Profile profile, Samples samples) {
        int type = profile.getColorSpaceType();
        return switch (samples) {
            case GRAY -> type == ColorSpace.TYPE_GRAY;
            case RGB, RGBA -> type == ColorSpace.TYPE_RGB;
            case CMYK -> type == ColorSpace.TYPE_CMYK;
        };
    }

    private static Pixels converted(Pixels pixels, ICC_Profile colours) {
        boolean alpha = pixels.samples() == Samples.RGBA;
        Samples samples = alpha ? Samples.RGBA : Samples.RGB;
        byte[] result = alpha ? pixels.bytes().clone() : new byte[pixels.width() * pixels.height() * samples.bytes()];
        WritableRaster from = raster(pixels.bytes(), pixels.width(), pixels.height(), pixels.samples());
        WritableRaster to = raster(result, pixels.width(), pixels.height(), samples);
        ICC_Profile srgb = ((ICC_ColorSpace) ColorSpace.getInstance(ColorSpace.CS_sRGB)).getProfile();
        new ColorConvertOp(new ICC_Profile[] {colours, srgb}, null)
                .filter(alpha ? withoutAlpha(from) : from, alpha ? withoutAlpha(to) : to);
        return new Pixels(pixels.width(), pixels.height(), samples, result);
    }

    private static WritableRaster raster(byte[] bytes, int width, int height, Samples samples) {
        int step = samples.bytes();
        int[] bands = new int[step];
        for (int band = 0; band < step; band++) {
            bands[band] = band;
        }
        return Raster.createInterleavedRaster(
                new DataBufferByte(bytes, bytes.length), width, height, width * step, step, bands, null);
    }

    private static WritableRaster withoutAlpha(WritableRaster raster) {
        return raster.createWritableChild(0, 0, raster.getWidth(), raster.getHeight(), 0, 0, RGB);
    }

    /** Inks as the eye would see them if they were ideal; other colours are taken for sRGB. */
    private static Pixels withoutProfile(Pixels pixels) {
        if (pixels.samples() != Samples.CMYK) {
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
        return new Pixels(pixels.width(), pixels.height(), Samples.RGB, result);
    }
}
