package io.mediakeep.thumbnail.picture;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** A GIF file, still or moving. */
public final class GifPicture implements Picture {
    private final GifHeader gif;

    private GifPicture(GifHeader gif) {
        this.gif = gif;
    }

    static GifPicture open(ContentStream in) throws IOException {
        return new GifPicture(GifHeader.read(in));
    }

    @Override
    public PictureFormat format() {
        return PictureFormat.GIF;
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
    public Samples samples() {
        return Samples.RGBA;
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
    public long bytesToRead(int skip) {
        return (long) Integer.BYTES * width() * height() + pixels(gif.frames().get(0));
    }

    /** How much memory, in bytes, reading all frames takes: two canvases, of which one is kept, and the largest frame. */
    public long bytesToReadAll() {
        long largestFrame =
                gif.frames().stream().mapToLong(GifPicture::pixels).max().orElse(0);
        return 2L * Integer.BYTES * width() * height() + largestFrame;
    }

    private static long pixels(GifFrame frame) {
        return (long) frame.bounds().width * frame.bounds().height;
    }

    /** How many pixels there are in all of its frames, and how many must be drawn to show all of them. */
    public long pixelsInAllFrames() {
        long drawn = (long) gif.frames().size() * width() * height();
        return Math.max(
                drawn, gif.frames().stream().mapToLong(GifPicture::pixels).sum());
    }

    /** How many frames it has. */
    public int frames() {
        return gif.frames().size();
    }

    /** Whether it has more frames than are read. */
    public boolean tooLong() {
        return gif.frames().size() > GifHeader.MAX_FRAMES;
    }

    /** How often it is played after the first time, 0 being for ever; only once if it does not say. */
    public OptionalInt loops() {
        return gif.loops();
    }

    @Override
    public void read(Rectangle part, int skip, double smaller, Rows rows) throws IOException {
        GifFrame first = gif.frames().get(0);
        GifCanvas canvas = new GifCanvas(width(), height());
        canvas.lay(first, decode(first));
        canvas.read(part, skip, rows);
    }

    /** Reads a part of every frame, as it can be seen on the canvas. */
    public void readAll(Rectangle part, Frames frames) throws IOException {
        GifCanvas canvas = new GifCanvas(width(), height());
        List<GifFrame> all = gif.frames();
        for (GifFrame frame : all) {
            canvas.lay(frame, decode(frame));
            canvas.read(part, 1, frames.begin());
            frames.end(frame.delay());
            canvas.dispose(frame);
        }
    }

    private BufferedImage decode(GifFrame frame) throws IOException {
        ImageReader reader = Codecs.reader("gif");
        try (ImageInputStream file = gif.only(frame)) {
            reader.setInput(file, true, true);
            return reader.read(0);
        } finally {
            reader.dispose();
        }
    }

    /** Takes the frames one after the other. */
    public interface Frames {
        /** Where the rows of the next frame go. */
        Rows begin();

        /**
         * Ends a frame.
         *
         * @param delay how long it is shown, in hundredths of a second
         */
        void end(int delay) throws IOException;
    }
}
