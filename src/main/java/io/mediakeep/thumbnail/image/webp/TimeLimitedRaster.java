package io.mediakeep.thumbnail.image.webp;

import io.mediakeep.thumbnail.image.PixelFormat;
import io.mediakeep.thumbnail.image.SingleRowImage;
import io.mediakeep.thumbnail.image.TimeLimit;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.SampleModel;
import java.awt.image.WritableRaster;

/**
 * The pixels of an image as bytes of RGB or RGBA, for TwelveMonkeys' decoder of WebP, which passes over all pixels for
 * each transform without reading a byte or reporting progress; so each pixel written is counted for the time limit.
 */
final class TimeLimitedRaster extends WritableRaster {
    private final PixelFormat samples;
    private final TimeLimit limit;
    private final byte[] bytes;
    private final int rowLength;

    /** A raster of zeros. */
    TimeLimitedRaster(int width, int height, PixelFormat samples, TimeLimit limit) {
        this(model(width, height, samples), samples, limit);
    }

    private TimeLimitedRaster(SampleModel model, PixelFormat samples, TimeLimit limit) {
        super(model, model.createDataBuffer(), new Point());
        this.samples = samples;
        this.limit = limit;
        this.bytes = ((DataBufferByte) getDataBuffer()).getData();
        this.rowLength = getWidth() * samples.bytes();
    }

    /** The left part of another raster, which holds bundled pixels at first. */
    private TimeLimitedRaster(TimeLimitedRaster parent, Rectangle region) {
        super(parent.getSampleModel(), parent.getDataBuffer(), region, new Point(), parent);
        this.samples = parent.samples;
        this.limit = parent.limit;
        this.bytes = parent.bytes;
        this.rowLength = parent.rowLength;
    }

    private static SampleModel model(int width, int height, PixelFormat samples) {
        int bands = samples.bytes();
        return new PixelInterleavedSampleModel(
                DataBuffer.TYPE_BYTE, width, height, bands, width * bands, SingleRowImage.offsets(bands));
    }

    /** The raster as the destination of a decoder. */
    BufferedImage image() {
        return new BufferedImage(SingleRowImage.colours(samples.bytes(), DataBuffer.TYPE_BYTE), this, false, null);
    }

    /** The offset of a pixel in {@link #bytes}. */
    int at(int x, int y) {
        return y * rowLength + x * samples.bytes();
    }

    /** All bytes, row by row. */
    byte[] bytes() {
        return bytes;
    }

    /** The green of each pixel. */
    byte[] green() {
        byte[] green = new byte[getWidth() * getHeight()];
        for (int i = 0; i < green.length; i++) {
            green[i] = bytes[i * samples.bytes() + 1];
        }
        return green;
    }

    @Override
    public Object getDataElements(int x, int y, Object pixel) {
        System.arraycopy(bytes, at(x, y), pixel, 0, samples.bytes());
        return pixel;
    }

    @Override
    public void setDataElements(int x, int y, Object pixel) {
        limit.after(1);
        System.arraycopy(pixel, 0, bytes, at(x, y), samples.bytes());
    }

    @Override
    public WritableRaster createWritableChild(
            int left, int top, int width, int height, int newLeft, int newTop, int[] bands) {
        boolean atOrigin = left == 0 && top == 0 && newLeft == 0 && newTop == 0;
        return atOrigin && bands == null
                ? new TimeLimitedRaster(this, new Rectangle(width, height))
                : super.createWritableChild(left, top, width, height, newLeft, newTop, bands);
    }
}
