package io.mediakeep.thumbnail;

import io.mediakeep.matrix.MatrixException;
import io.mediakeep.thumbnail.draw.Colours;
import io.mediakeep.thumbnail.draw.Encoder;
import io.mediakeep.thumbnail.draw.Framing;
import io.mediakeep.thumbnail.draw.MovingGif;
import io.mediakeep.thumbnail.draw.Pixels;
import io.mediakeep.thumbnail.draw.Resampler;
import io.mediakeep.thumbnail.draw.Turning;
import io.mediakeep.thumbnail.picture.BrokenPictureException;
import io.mediakeep.thumbnail.picture.GifPicture;
import io.mediakeep.thumbnail.picture.Picture;
import io.mediakeep.thumbnail.picture.PictureFormat;
import io.mediakeep.thumbnail.picture.TimeLimit;
import io.mediakeep.thumbnail.picture.TimeLimitExceededException;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;

/** One thumbnail, before it is drawn: the picture, how it is framed, and what that will cost. */
final class Draft {
    /** What a pixel of the result takes while it is turned and written, in bytes. */
    private static final long BYTES_PER_DRAWN_PIXEL = 16;

    /** What a pixel of a moving result takes once it is written, in bytes, the file being copied as it grows. */
    private static final long BYTES_PER_WRITTEN_PIXEL = 4;

    /** A profile is there in parts, as a whole, and twice in the converter of colours, outside the heap. */
    private static final long COPIES_OF_PROFILE = 4;

    /** More pixels in all frames of a moving picture take too long to write. */
    private static final long MOST_MOVING_PIXELS = 50_000_000;

    /** What everything else takes: buffers, decoders' tables. */
    private static final long FIXED_BYTES = 1024 * 1024;

    /** Few colours and sharp edges look better, and transparent ones look right, in a PNG of up to so many bytes. */
    private static final int SMALL_PNG = 4096;

    private static final double PNG_MAY_BE_LARGER = 1.5;

    private final Picture picture;
    private final Framing framing;
    private final int skip;
    private final boolean moving;

    private Draft(Picture picture, Framing framing, int skip, boolean moving) {
        this.picture = picture;
        this.framing = framing;
        this.skip = skip;
        this.moving = moving;
    }

    /**
     * Plans a thumbnail, such that it fits into the budget.
     *
     * @throws MatrixException 413 when it cannot
     */
    static Draft of(Picture picture, ThumbnailSpec spec, ThumbnailSettings settings, MemoryBudget budget) {
        Framing framing = framing(picture, spec, settings.longestSide());
        int skip = 1;
        while (!budget.couldHold(bytes(picture, framing, skip)) && 2 * skip <= framing.smaller()) {
            skip *= 2;
        }
        if (!budget.couldHold(bytes(picture, framing, skip))) {
            throw MatrixException.pictureTooLarge();
        }
        Draft still = new Draft(picture, framing, skip, false);
        Draft moving = new Draft(picture, framing, skip, true);
        boolean canMove = spec.animated() && skip == 1 && canMove(picture, settings.maxSourcePixels());
        return canMove && budget.couldHold(moving.bytes()) ? moving : still;
    }

    /** Whether it moves and is short enough; else its first frame must do. */
    private static boolean canMove(Picture picture, long maxPixels) {
        return picture instanceof GifPicture gif
                && gif.animated()
                && !gif.tooLong()
                && gif.pixelsInAllFrames() <= Math.min(maxPixels, MOST_MOVING_PIXELS);
    }

    private static Framing framing(Picture picture, ThumbnailSpec spec, int longestSide) {
        boolean lies = picture.orientation().swapsSides();
        double smaller = Math.max(1, (double) Math.max(spec.width(), spec.height()) / longestSide);
        int width = (int) Math.max(1, Math.round((lies ? spec.height() : spec.width()) / smaller));
        int height = (int) Math.max(1, Math.round((lies ? spec.width() : spec.height()) / smaller));
        return spec.method() == ThumbnailSpec.Method.CROP
                ? Framing.cut(picture.width(), picture.height(), width, height)
                : Framing.fitted(picture.width(), picture.height(), width, height);
    }

    /** How much memory, in bytes, the smallest thumbnail of a picture takes. */
    static long leastBytes(Picture picture) {
        int all = Math.max(picture.width(), picture.height());
        return FIXED_BYTES + picture.bytesToRead(all) + COPIES_OF_PROFILE * picture.profileBytes();
    }

    /** How much memory, in bytes, drawing it takes. */
    long bytes() {
        return bytes(picture, framing, skip) + (moving && picture instanceof GifPicture gif ? bytesToMove(gif) : 0);
    }

    private long bytesToMove(GifPicture gif) {
        return gif.bytesToReadAll() + BYTES_PER_WRITTEN_PIXEL * gif.frames() * framing.width() * framing.height();
    }

    /** The pixels are there twice, as they are stored and as sRGB. */
    private static long bytes(Picture picture, Framing framing, int skip) {
        int columns = (framing.part().width + skip - 1) / skip;
        return FIXED_BYTES
                + picture.bytesToRead(skip)
                + COPIES_OF_PROFILE * picture.profileBytes()
                + Resampler.bytes(columns, framing.width(), picture.samples())
                + (BYTES_PER_DRAWN_PIXEL + 2L * picture.samples().bytes()) * framing.width() * framing.height();
    }

    /**
     * Draws it; moving, if it is to move and that does not take too long.
     *
     * @param limit how long it may take
     */
    Drawing draw(TimeLimit limit) throws IOException {
        if (moving && picture instanceof GifPicture gif) {
            try {
                return drawMoving(gif);
            } catch (TimeLimitExceededException tooLong) {
                limit.restart();
            }
        }
        return drawStill(limit);
    }

    private Drawing drawMoving(GifPicture gif) throws IOException {
        try (MovingGif result = new MovingGif(this::resampler, gif.loops())) {
            gif.readAll(framing.part(), result);
            return new Drawing.Drawn(result.file(), PictureFormat.GIF.contentType(), framing.width(), framing.height());
        }
    }

    private Resampler resampler() {
        Rectangle part = framing.part();
        return new Resampler(
                (part.width + skip - 1) / skip,
                (part.height + skip - 1) / skip,
                framing.width(),
                framing.height(),
                picture.samples());
    }

    private Drawing drawStill(TimeLimit limit) throws IOException {
        Resampler small = resampler();
        picture.read(framing.part(), skip, framing.smaller(), (y, pixels) -> {
            limit.after(pixels.length);
            small.row(y, pixels);
        });
        Pixels pixels = small.result().orElseThrow(() -> new BrokenPictureException("rows are missing"));
        BufferedImage image = Colours.inSrgb(pixels, picture.profile()).image();
        return file(Turning.upright(image, picture.orientation()), pixels.opaque());
    }

    private Drawing file(BufferedImage image, boolean opaque) throws IOException {
        byte[] jpeg = opaque ? Encoder.jpeg(image) : new byte[0];
        if (opaque && picture.format() == PictureFormat.JPEG) {
            return new Drawing.Drawn(jpeg, PictureFormat.JPEG.contentType(), image.getWidth(), image.getHeight());
        }
        byte[] png = Encoder.png(image);
        if (opaque && png.length > SMALL_PNG && png.length > jpeg.length * PNG_MAY_BE_LARGER) {
            return new Drawing.Drawn(jpeg, PictureFormat.JPEG.contentType(), image.getWidth(), image.getHeight());
        }
        return new Drawing.Drawn(png, PictureFormat.PNG.contentType(), image.getWidth(), image.getHeight());
    }
}
