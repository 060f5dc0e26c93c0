package io.mediakeep.thumbnail.image.gif;

import io.mediakeep.thumbnail.image.PixelFormat;
import io.mediakeep.thumbnail.image.RowConsumer;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.Arrays;

/** The canvas of a GIF file, on which frames are composed. */
final class GifCanvas {
    private final int width;
    private final int height;
    private final int[] pixels;
    private int[] saved = {};

    GifCanvas(int width, int height) {
        this.width = width;
        this.height = height;
        this.pixels = new int[Math.multiplyExact(width, height)];
    }

    /** Composes a frame onto the canvas. */
    void compose(GifFrame frame, BufferedImage image) {
        if (frame.disposal() == GifFrame.RESTORE_PREVIOUS) {
            saved = pixels.clone();
        }
        IndexColorModel colours = (IndexColorModel) image.getColorModel();
        int[] palette = new int[256];
        for (int i = 0; i < colours.getMapSize(); i++) {
            palette[i] = colours.getRGB(i);
        }
        Raster raster = image.getRaster();
        Rectangle visible = visible(frame.bounds());
        int[] row = new int[raster.getWidth()];
        for (int y = 0; y < Math.min(visible.height, raster.getHeight()); y++) {
            raster.getSamples(0, y, raster.getWidth(), 1, 0, row);
            int to = (visible.y + y) * width + visible.x;
            for (int x = 0; x < Math.min(visible.width, row.length); x++) {
                int colour = palette[row[x]];
                if (colour < 0) { // not transparent
                    pixels[to + x] = colour;
                }
            }
        }
    }

    /** Applies the disposal method of a frame, before the next one. */
    void dispose(GifFrame frame) {
        if (frame.disposal() == GifFrame.RESTORE_PREVIOUS && saved.length > 0) {
            System.arraycopy(saved, 0, pixels, 0, pixels.length);
        } else if (frame.disposal() == GifFrame.RESTORE_BACKGROUND) {
            Rectangle visible = visible(frame.bounds());
            for (int y = visible.y; y < visible.y + visible.height; y++) {
                Arrays.fill(pixels, y * width + visible.x, y * width + visible.x + visible.width, 0);
            }
        }
    }

    private Rectangle visible(Rectangle bounds) {
        Rectangle visible = bounds.intersection(new Rectangle(width, height));
        return visible.isEmpty() ? new Rectangle() : visible;
    }

    /** Passes the rows of a region of the canvas to a consumer. */
    void read(Rectangle region, int subsampling, RowConsumer rows) {
        byte[] row = new byte[(region.width + subsampling - 1) / subsampling * PixelFormat.RGBA.bytes()];
        for (int y = 0; y < region.height; y += subsampling) {
            int from = (region.y + y) * width + region.x;
            int to = 0;
            for (int x = 0; x < region.width; x += subsampling) {
                int colour = pixels[from + x];
                row[to++] = (byte) (colour >> 16);
                row[to++] = (byte) (colour >> 8);
                row[to++] = (byte) colour;
                row[to++] = (byte) (colour >>> 24);
            }
            rows.row(y / subsampling, row);
        }
    }
}
