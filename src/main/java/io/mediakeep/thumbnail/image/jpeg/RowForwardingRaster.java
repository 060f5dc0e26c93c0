package io.mediakeep.thumbnail.image.jpeg;

import io.mediakeep.thumbnail.image.PixelFormat;
import io.mediakeep.thumbnail.image.RowConsumer;
import io.mediakeep.thumbnail.image.SingleRowImage;
import java.awt.Point;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/**
 * A raster that passes each row to a consumer and stores none. The JDK's JPEG reader writes whole rows, the only
 * operation that is supported.
 */
final class RowForwardingRaster extends WritableRaster {
    private final RowConsumer rows;

    private RowForwardingRaster(PixelInterleavedSampleModel pixels, int rowLength, RowConsumer rows) {
        super(pixels, new DataBufferByte(rowLength), new Point());
        this.rows = rows;
    }

    /** An image with such a raster. */
    static BufferedImage image(int width, int height, PixelFormat samples, RowConsumer rows) {
        int bands = samples.bytes();
        PixelInterleavedSampleModel pixels = new PixelInterleavedSampleModel(
                DataBuffer.TYPE_BYTE, width, height, bands, width * bands, SingleRowImage.offsets(bands));
        RowForwardingRaster raster = new RowForwardingRaster(pixels, width * bands, rows);
        return new BufferedImage(SingleRowImage.colours(bands, DataBuffer.TYPE_BYTE), raster, false, null);
    }

    @Override
    public void setRect(int left, int top, Raster row) {
        rows.row(top, ((DataBufferByte) row.getDataBuffer()).getData());
    }
}
