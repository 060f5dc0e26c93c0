package io.mediakeep.thumbnail.picture;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.Arrays;

/** The canvas on which the frames of a GIF file are laid one over the other. Nothing is drawn outside of it. */
final class GifCanvas {
    private final int width;
    private final int height;
    private final int[] pixels;
    private int[] kept = {};

    GifCanvas(int width, int height) {
        this.width = width;
        this.height = height;
        this.pixels = new int[Math.multiplyExact(width, height)];
    }

    /** Lays a frame over what there is. */
    void lay(GifFrame frame, BufferedImage image) {
        if (frame.disposal() == GifFrame.BRING_BACK) {
            kept = pixels.clone();
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

    /** Does with a frame what is to be done before the next one comes. */
    void dispose(GifFrame frame) {
        if (frame.disposal() == GifFrame.BRING_BACK && kept.length > 0) {
            System.arraycopy(kept, 0, pixels, 0, pixels.length);
        } else if (frame.disposal() == GifFrame.CLEAR) {
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

    /** Hands on the rows of a part of what can be seen. */
    void read(Rectangle part, int skip, Rows rows) {
        byte[] row = new byte[(part.width + skip - 1) / skip * Samples.RGBA.bytes()];
        for (int y = 0; y < part.height; y += skip) {
            int from = (part.y + y) * width + part.x;
            int to = 0;
            for (int x = 0; x < part.width; x += skip) {
                int colour = pixels[from + x];
                row[to++] = (byte) (colour >> 16);
                row[to++] = (byte) (colour >> 8);
                row[to++] = (byte) colour;
                row[to++] = (byte) (colour >>> 24);
            }
            rows.row(y / skip, row);
        }
    }
}
