package io.mediakeep.thumbnail.picture;

import java.awt.Point;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/**
 * Pixels that are handed on, row by row, to whoever wants them, and kept nowhere. The JDK's reader of JPEG files writes
 * whole rows, which is all that is understood here.
 */
final class RowCatcher extends WritableRaster {
    private final Rows rows;

    private RowCatcher(PixelInterleavedSampleModel pixels, int rowLength, Rows rows) {
        super(pixels, new DataBufferByte(rowLength), new Point());
        this.rows = rows;
    }

    /** A picture that hands on its rows. */
    static BufferedImage image(int width, int height, Samples samples, Rows rows) {
        int bands = samples.bytes();
        PixelInterleavedSampleModel pixels = new PixelInterleavedSampleModel(
                DataBuffer.TYPE_BYTE, width, height, bands, width * bands, RowWindow.offsets(bands));
        RowCatcher catcher = new RowCatcher(pixels, width * bands, rows);
        return new BufferedImage(RowWindow.colours(bands, DataBuffer.TYPE_BYTE), catcher, false, null);
    }

    @Override
    public void setRect(int left, int top, Raster row) {
        rows.row(top, ((DataBufferByte) row.getDataBuffer()).getData());
    }
}
