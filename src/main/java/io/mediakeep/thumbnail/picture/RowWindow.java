package io.mediakeep.thumbnail.picture;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/**
 * A picture of which only one row exists: every row lies in the same place, where it is to be read before the next one
 * is written. To a decoder that goes from row to row it looks like any other picture.
 */
final class RowWindow {
    private final BufferedImage image;

    /**
     * A window.
     *
     * @param bands bytes (or 16-bit numbers) per pixel, 1 to 4
     * @param type {@link DataBuffer#TYPE_BYTE} or {@link DataBuffer#TYPE_USHORT}
     */
    RowWindow(int width, int height, int bands, int type) {
        int rowLength = Math.multiplyExact(width, bands);
        DataBuffer row = type == DataBuffer.TYPE_BYTE ? new DataBufferByte(rowLength) : new DataBufferUShort(rowLength);
        WritableRaster raster = Raster.createWritableRaster(new OneRow(type, width, height, bands), row, null);
        image = new BufferedImage(colours(bands, type), raster, false, null);
    }

    /** A picture of the same kind that has all of its rows. */
    static BufferedImage allRows(int width, int height, int bands, int type) {
        WritableRaster raster = Raster.createInterleavedRaster(type, width, height, bands, null);
        return new BufferedImage(colours(bands, type), raster, false, null);
    }

    /** What a decoder writes to. */
    BufferedImage image() {
        return image;
    }

    /** The bytes of the row that was written last. */
    byte[] bytes() {
        return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    }

    /** The 16-bit numbers of the row that was written last. */
    short[] shorts() {
        return ((DataBufferUShort) image.getRaster().getDataBuffer()).getData();
    }

    private static ColorModel colours(int bands, int type) {
        boolean alpha = bands % 2 == 0;
        ColorSpace space = ColorSpace.getInstance(bands > 2 ? ColorSpace.CS_sRGB : ColorSpace.CS_GRAY);
        return new ComponentColorModel(
                space, alpha, false, alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE, type);
    }

    /** Says that a row begins where the one before it began. */
    private static final class OneRow extends PixelInterleavedSampleModel {
        OneRow(int type, int width, int height, int bands) {
            super(type, width, height, bands, width * bands, offsets(bands));
            scanlineStride = 0;
        }

        private static int[] offsets(int bands) {
            int[] offsets = new int[bands];
            for (int band = 0; band < bands; band++) {
                offsets[band] = band;
            }
            return offsets;
        }
    }
}
