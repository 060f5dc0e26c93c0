package io.mediakeep.thumbnail;

import io.mediakeep.matrix.MatrixException;
import io.mediakeep.thumbnail.picture.BrokenPictureException;
import io.mediakeep.thumbnail.picture.GifPicture;
import io.mediakeep.thumbnail.picture.Picture;
import io.mediakeep.thumbnail.picture.PictureFormat;
import io.mediakeep.thumbnail.picture.TimeLimit;
import io.mediakeep.thumbnail.picture.TimeLimitExceededException;
import io.mediakeep.thumbnail.render.AnimatedGifWriter;
import io.mediakeep.thumbnail.render.ColourConversion;
import io.mediakeep.thumbnail.render.ImageEncoder;
import io.mediakeep.thumbnail.render.OrientationTransform;
import io.mediakeep.thumbnail.render.Pixels;
import io.mediakeep.thumbnail.render.Resampler;
import io.mediakeep.thumbnail.render.ThumbnailGeometry;
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
    private final ThumbnailGeometry geometry;
    private final int skip;
    private final boolean moving;

    private Draft(Picture picture, ThumbnailGeometry geometry, int skip, boolean moving) {
        this.picture = picture;
        this.geometry = geometry;
        this.skip = skip;
        this.moving = moving;
    }

    /**
     * Plans a thumbnail, such that it fits into the budget.
     *
     * @throws MatrixException 413 when it cannot
     */
    static Draft of(Picture picture, ThumbnailSpec spec, ThumbnailSettings settings, MemoryBudget budget) {
        ThumbnailGeometry geometry = geometry(picture, spec, settings.longestSide());
        int skip = 1;
        while (!budget.couldHold(bytes(picture, geometry, skip)) && 2 * skip <= geometry.reduction()) {
            skip *= 2;
        }
        if (!budget.couldHold(bytes(picture, geometry, skip))) {
            throw MatrixException.imageTooLarge();
        }
        Draft still = new Draft(picture, geometry, skip, false);
        Draft moving = new Draft(picture, geometry, skip, true);
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

    private static ThumbnailGeometry geometry(Picture picture, ThumbnailSpec spec, int longestSide) {
        boolean lies = picture.orientation().swapsSides();
        double smaller = Math.max(1, (double) Math.max(spec.width(), spec.height()) / longestSide);
        int width = (int) Math.max(1, Math.round((lies ? spec.height() : spec.width()) / smaller));
        int height = (int) Math.max(1, Math.round((lies ? spec.width() : spec.height()) / smaller));
        return spec.method() == ThumbnailSpec.Method.CROP
                ? ThumbnailGeometry.cropped(picture.width(), picture.height(), width, height)
                : ThumbnailGeometry.scaled(picture.width(), picture.height(), width, height);
    }

    /** How much memory, in bytes, the smallest thumbnail of a picture takes. */
    static long leastBytes(Picture picture) {
        int all = Math.max(picture.width(), picture.height());
        return FIXED_BYTES + picture.bytesToRead(all) + COPIES_OF_PROFILE * picture.profileBytes();
    }

    /** How much memory, in bytes, drawing it takes. */
    long bytes() {
        return bytes(picture, geometry, skip) + (moving && picture instanceof GifPicture gif ? bytesToMove(gif) : 0);
    }

    private long bytesToMove(GifPicture gif) {
        return gif.bytesToReadAll() + BYTES_PER_WRITTEN_PIXEL * gif.frames() * geometry.width() * geometry.height();
    }

    /** The pixels are there twice, as they are stored and as sRGB. */
    private static long bytes(Picture picture, ThumbnailGeometry geometry, int skip) {
        int columns = (geometry.region().width + skip - 1) / skip;
        return FIXED_BYTES
                + picture.bytesToRead(skip)
                + COPIES_OF_PROFILE * picture.profileBytes()
                + Resampler.bytes(columns, geometry.width(), picture.samples())
                + (BYTES_PER_DRAWN_PIXEL + 2L * picture.samples().bytes()) * geometry.width() * geometry.height();
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
        try (AnimatedGifWriter result = new AnimatedGifWriter(this::resampler, gif.loops())) {
            gif.readAll(geometry.region(), result);
            return new Drawing.Drawn(
                    result.file(), PictureFormat.GIF.contentType(), geometry.width(), geometry.height());
        }
    }

    private Resampler resampler() {
        Rectangle region = geometry.region();
        return new Resampler(
                (region.width + skip - 1) / skip,
                (region.height + skip - 1) / skip,
                geometry.width(),
                geometry.height(),
                picture.samples());
    }

    private Drawing drawStill(TimeLimit limit) throws IOException {
        Resampler small = resampler();
        picture.read(geometry.region(), skip, geometry.reduction(), (y, pixels) -> {
            limit.after(pixels.length);
            small.row(y, pixels);
        });
        Pixels pixels = small.result().orElseThrow(() -> new BrokenPictureException("rows are missing"));
        BufferedImage image = ColourConversion.inSrgb(pixels, picture.profile()).image();
        return file(OrientationTransform.upright(image, picture.orientation()), pixels.opaque());
    }

    private Drawing file(BufferedImage image, boolean opaque) throws IOException {
        byte[] jpeg = opaque ? ImageEncoder.jpeg(image) : new byte[0];
        if (opaque && picture.format() == PictureFormat.JPEG) {
            return new Drawing.Drawn(jpeg, PictureFormat.JPEG.contentType(), image.getWidth(), image.getHeight());
        }
        byte[] png = ImageEncoder.png(image);
        if (opaque && png.length > SMALL_PNG && png.length > jpeg.length * PNG_MAY_BE_LARGER) {
            return new Drawing.Drawn(jpeg, PictureFormat.JPEG.contentType(), image.getWidth(), image.getHeight());
        }
        return new Drawing.Drawn(png, PictureFormat.PNG.contentType(), image.getWidth(), image.getHeight());
    }
}
