package io.mediakeep.thumbnail.picture;

import java.awt.image.BufferedImage;
import java.util.function.IntConsumer;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadUpdateListener;

/** Tells when a decoder has written a row. */
record AfterEachRow(IntConsumer row) implements IIOReadUpdateListener {

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
        // rows begin again at the top, which says it all
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
