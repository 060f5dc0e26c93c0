package io.mediakeep.thumbnail.image;

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
 * An image with memory for a single row, to be read before the next one is written. To a decoder that writes row by row
 * it is like any other image.
 */
public final class SingleRowImage {
    private final BufferedImage image;

    /**
     * An image.
     *
     * @param bands samples per pixel, 1 to 4
     * @param type {@link DataBuffer#TYPE_BYTE} or {@link DataBuffer#TYPE_USHORT}
     */
    public SingleRowImage(int width, int height, int bands, int type) {
        int rowLength = Math.multiplyExact(width, bands);
        DataBuffer row = type == DataBuffer.TYPE_BYTE ? new DataBufferByte(rowLength) : new DataBufferUShort(rowLength);
        WritableRaster raster = Raster.createWritableRaster(new SingleRowModel(type, width, height, bands), row, null);
        image = new BufferedImage(colours(bands, type), raster, false, null);
    }

    /** An image of the same kind with memory for all rows. */
    public static BufferedImage allRows(int width, int height, int bands, int type) {
        WritableRaster raster = Raster.createInterleavedRaster(type, width, height, bands, null);
        return new BufferedImage(colours(bands, type), raster, false, null);
    }

    /** The destination for a decoder. */
    public BufferedImage image() {
        return image;
    }

    /** The bytes of the last row written. */
    public byte[] bytes() {
        return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    }

    /** The 16-bit samples of the last row written. */
    public short[] shorts() {
        return ((DataBufferUShort) image.getRaster().getDataBuffer()).getData();
    }

    /** The colour model for so many bands. */
    public static ColorModel colours(int bands, int type) {
        boolean alpha = bands % 2 == 0;
        ColorSpace space = ColorSpace.getInstance(bands > 2 ? ColorSpace.CS_sRGB : ColorSpace.CS_GRAY);
        return new ComponentColorModel(
                space, alpha, false, alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE, type);
    }

    /** The band offsets of interleaved samples. */
    public static int[] offsets(int bands) {
        int[] offsets = new int[bands];
        for (int band = 0; band < bands; band++) {
            offsets[band] = band;
        }
        return offsets;
    }

    /** A sample model in which every row has the same offset. */
    private static final class SingleRowModel extends PixelInterleavedSampleModel {
        SingleRowModel(int type, int width, int height, int bands) {
            super(type, width, height, bands, width * bands, offsets(bands));
            scanlineStride = 0;
        }
    }
}
