package io.mediakeep.thumbnail.image.png;

import java.awt.image.BufferedImage;
import java.util.function.IntConsumer;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadUpdateListener;

/** Reports each row that a decoder has written. */
record RowCallback(IntConsumer row) implements IIOReadUpdateListener {

    @Override
    public void imageUpdate(
            ImageReader source,
            BufferedImage image,
            int minX,
            int minY,
            int width,
            int height,
            int periodX,
            int periodY,
            int[] bands) {
        row.accept(minY);
    }

    @Override
    public void passStarted(
            ImageReader source,
            BufferedImage image,
            int pass,
            int minPass,
            int maxPass,
            int minX,
            int minY,
            int periodX,
            int periodY,
            int[] bands) {
        // the row numbers restart at 0
    }

    @Override
    public void passComplete(ImageReader source, BufferedImage image) {
        // as above
    }

    @Override
    public void thumbnailPassStarted(
            ImageReader source,
            BufferedImage thumbnail,
            int pass,
            int minPass,
            int maxPass,
            int minX,
            int minY,
            int periodX,
            int periodY,
            int[] bands) {
        // embedded thumbnails are not read
    }

    @Override
    public void thumbnailUpdate(
            ImageReader source,
            BufferedImage thumbnail,
            int minX,
            int minY,
            int width,
            int height,
            int periodX,
            int periodY,
            int[] bands) {
        // as above
    }

    @Override
    public void thumbnailPassComplete(ImageReader source, BufferedImage thumbnail) {
        // as above
    }
}
