package io.mediakeep.thumbnail.picture;

import java.awt.Point;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.SampleModel;
import java.awt.image.WritableRaster;

/**
 * The pixels of a picture as bytes of RGB or RGBA, for TwelveMonkeys' decoder of WebP. It goes over all of them again
 * for each transform, without reading a byte or telling of any progress, so each pixel that it writes is counted.
 */
final class PixelGrid extends WritableRaster {
    private final Samples samples;
    private final TimeLimit limit;
    private final byte[] bytes;
    private final int rowLength;

    /** A grid of zeros. */
    PixelGrid(int width, int height, Samples samples, TimeLimit limit) {
        this(model(width, height, samples), samples, limit);
    }

    private PixelGrid(SampleModel model, Samples samples, TimeLimit limit) {
        super(model, model.createDataBuffer(), new Point());
        this.samples = samples;
        this.limit = limit;
        this.bytes = ((DataBufferByte) getDataBuffer()).getData();
        this.rowLength = getWidth() * samples.bytes();
    }

    /** The left part of another grid, in which packed pixels lie at first. */
    private PixelGrid(PixelGrid parent, Rectangle part) {
        super(parent.getSampleModel(), parent.getDataBuffer(), part, new Point(), parent);
        this.samples = parent.samples;
        this.limit = parent.limit;
        this.bytes = parent.bytes;
        this.rowLength = parent.rowLength;
    }

    private static SampleModel model(int width, int height, Samples samples) {
        int bands = samples.bytes();
        return new PixelInterleavedSampleModel(
                DataBuffer.TYPE_BYTE, width, height, bands, width * bands, RowWindow.offsets(bands));
    }

    /** The grid as what a decoder writes to. */
    BufferedImage image() {
        return new BufferedImage(RowWindow.colours(samples.bytes(), DataBuffer.TYPE_BYTE), this, false, null);
    }

    /** Where in its {@link #bytes} a pixel begins. */
    int at(int x, int y) {
        return y * rowLength + x * samples.bytes();
    }

    /** All bytes, from row to row. */
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
                ? new PixelGrid(this, new Rectangle(width, height))
                : super.createWritableChild(left, top, width, height, newLeft, newTop, bands);
    }
}
