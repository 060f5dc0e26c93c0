package io.mediakeep.thumbnail.image.gif;

import io.mediakeep.thumbnail.image.ContentImageStream;
import io.mediakeep.thumbnail.image.ImageCodecs;
import io.mediakeep.thumbnail.image.ImageFormat;
import io.mediakeep.thumbnail.image.PixelFormat;
import io.mediakeep.thumbnail.image.RowConsumer;
import io.mediakeep.thumbnail.image.SourceImage;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** A GIF file, still or animated. */
public final class GifImage implements SourceImage {
    private final GifHeader gif;

    private GifImage(GifHeader gif) {
        this.gif = gif;
    }

    public static GifImage open(ContentImageStream in) throws IOException {
        return new GifImage(GifHeader.read(in));
    }

    @Override
    public ImageFormat format() {
        return ImageFormat.GIF;
    }

    @Override
    public int width() {
        return gif.width();
    }

    @Override
    public int height() {
        return gif.height();
    }

    @Override
    public PixelFormat samples() {
        return PixelFormat.RGBA;
    }

    @Override
    public boolean animated() {
        return gif.frames().size() > 1;
    }

    @Override
    public long decodedPixels() {
        return Math.max((long) width() * height(), pixels(gif.frames().get(0)));
    }

    @Override
    public long bytesToRead(int subsampling) {
        return (long) Integer.BYTES * width() * height() + pixels(gif.frames().get(0));
    }

    /** The memory, in bytes, that reading all frames takes: two canvases and the largest frame. */
    public long bytesToReadAll() {
        long largestFrame =
                gif.frames().stream().mapToLong(GifImage::pixels).max().orElse(0);
        return 2L * Integer.BYTES * width() * height() + largestFrame;
    }

    private static long pixels(GifFrame frame) {
        return (long) frame.bounds().width * frame.bounds().height;
    }

    /** The pixels of all frames: those decoded, or those composed if they are more. */
    public long pixelsInAllFrames() {
        long composed = (long) gif.frames().size() * width() * height();
        return Math.max(
                composed, gif.frames().stream().mapToLong(GifImage::pixels).sum());
    }

    /** The number of frames. */
    public int frames() {
        return gif.frames().size();
    }

    /** Whether it has more frames than are read. */
    public boolean tooManyFrames() {
        return gif.frames().size() > GifHeader.MAX_FRAMES;
    }

    /** The number of repetitions, 0 for endless; empty without the extension. */
    public OptionalInt loops() {
        return gif.loops();
    }

    @Override
    public void read(Rectangle region, int subsampling, double reduction, RowConsumer rows) throws IOException {
        GifFrame first = gif.frames().get(0);
        GifCanvas canvas = new GifCanvas(width(), height());
        canvas.compose(first, decode(first));
        canvas.read(region, subsampling, rows);
    }

    /** Reads a region of every composed frame. */
    public void readAll(Rectangle region, Frames frames) throws IOException {
        GifCanvas canvas = new GifCanvas(width(), height());
        List<GifFrame> all = gif.frames();
        for (GifFrame frame : all) {
            canvas.compose(frame, decode(frame));
            canvas.read(region, 1, frames.begin());
            frames.end(frame.delay());
            canvas.dispose(frame);
        }
    }

    private BufferedImage decode(GifFrame frame) throws IOException {
        ImageReader reader = ImageCodecs.reader("gif");
        try (ImageInputStream file = gif.only(frame)) {
            reader.setInput(file, true, true);
            return reader.read(0);
        } finally {
            reader.dispose();
        }
    }

    /** Consumes frames one after the other. */
    public interface Frames {
        /** The consumer of the rows of the next frame. */
        RowConsumer begin();

        /**
         * Ends a frame.
         *
         * @param delay in hundredths of a second
         */
        void end(int delay) throws IOException;
    }
}
