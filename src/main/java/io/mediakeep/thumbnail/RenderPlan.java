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

/** The plan of one thumbnail: source image, geometry, subsampling, and the memory that rendering takes. */
final class RenderPlan {
    /** Memory for each pixel of the result while it is oriented and encoded, in bytes. */
    private static final long BYTES_PER_RENDERED_PIXEL = 16;

    /** Memory for each pixel of an animated result once it is encoded, in bytes; the file is copied as it grows. */
    private static final long BYTES_PER_WRITTEN_PIXEL = 4;

    /** The profile is in memory in parts, as a whole, and twice in the colour converter, outside the heap. */
    private static final long COPIES_OF_PROFILE = 4;

    /** Animations with more pixels in all frames take too long to encode. */
    private static final long MAX_ANIMATED_PIXELS = 50_000_000;

    /** All other memory: buffers and decoders' tables. */
    private static final long FIXED_BYTES = 1024 * 1024;

    /** Up to this size PNG is preferred: it suits few colours and sharp edges, and keeps transparency. */
    private static final int MAX_SMALL_PNG_BYTES = 4096;

    private static final double MAX_PNG_TO_JPEG_RATIO = 1.5;

    private final Picture picture;
    private final ThumbnailGeometry geometry;
    private final int skip;
    private final boolean animated;

    private RenderPlan(Picture picture, ThumbnailGeometry geometry, int skip, boolean animated) {
        this.picture = picture;
        this.geometry = geometry;
        this.skip = skip;
        this.animated = animated;
    }

    /**
     * Plans a thumbnail so that it fits into the budget.
     *
     * @throws MatrixException 413 when that is impossible
     */
    static RenderPlan of(Picture picture, ThumbnailSpec spec, ThumbnailSettings settings, MemoryBudget budget) {
        ThumbnailGeometry geometry = geometry(picture, spec, settings.maxSide());
        int skip = 1;
        while (!budget.canEverHold(bytes(picture, geometry, skip)) && 2 * skip <= geometry.reduction()) {
            skip *= 2;
        }
        if (!budget.canEverHold(bytes(picture, geometry, skip))) {
            throw MatrixException.imageTooLarge();
        }
        RenderPlan still = new RenderPlan(picture, geometry, skip, false);
        RenderPlan animated = new RenderPlan(picture, geometry, skip, true);
        boolean canAnimate = spec.animated() && skip == 1 && canAnimate(picture, settings.maxSourcePixels());
        return canAnimate && budget.canEverHold(animated.bytes()) ? animated : still;
    }

    /** Whether the source is animated and short enough; otherwise its first frame is used. */
    private static boolean canAnimate(Picture picture, long maxPixels) {
        return picture instanceof GifPicture gif
                && gif.animated()
                && !gif.tooLong()
                && gif.pixelsInAllFrames() <= Math.min(maxPixels, MAX_ANIMATED_PIXELS);
    }

    private static ThumbnailGeometry geometry(Picture picture, ThumbnailSpec spec, int maxSide) {
        boolean swapped = picture.orientation().swapsSides();
        double reduction = Math.max(1, (double) Math.max(spec.width(), spec.height()) / maxSide);
        int width = (int) Math.max(1, Math.round((swapped ? spec.height() : spec.width()) / reduction));
        int height = (int) Math.max(1, Math.round((swapped ? spec.width() : spec.height()) / reduction));
        return spec.method() == ThumbnailSpec.Method.CROP
                ? ThumbnailGeometry.cropped(picture.width(), picture.height(), width, height)
                : ThumbnailGeometry.scaled(picture.width(), picture.height(), width, height);
    }

    /** The memory, in bytes, that the smallest thumbnail of an image takes. */
    static long minBytes(Picture picture) {
        int all = Math.max(picture.width(), picture.height());
        return FIXED_BYTES + picture.bytesToRead(all) + COPIES_OF_PROFILE * picture.profileBytes();
    }

    /** The memory, in bytes, that rendering takes. */
    long bytes() {
        return bytes(picture, geometry, skip) + (animated && picture instanceof GifPicture gif ? bytesToAnimate(gif) : 0);
    }

    private long bytesToAnimate(GifPicture gif) {
        return gif.bytesToReadAll() + BYTES_PER_WRITTEN_PIXEL * gif.frames() * geometry.width() * geometry.height();
    }

    /** The pixels of the result exist twice: in the source's colours and in sRGB. */
    private static long bytes(Picture picture, ThumbnailGeometry geometry, int skip) {
        int columns = (geometry.region().width + skip - 1) / skip;
        return FIXED_BYTES
                + picture.bytesToRead(skip)
                + COPIES_OF_PROFILE * picture.profileBytes()
                + Resampler.bytes(columns, geometry.width(), picture.samples())
                + (BYTES_PER_RENDERED_PIXEL + 2L * picture.samples().bytes()) * geometry.width() * geometry.height();
    }

    /** Renders the thumbnail; animated if that was requested and does not exceed the time limit, otherwise still. */
    RenderResult render(TimeLimit limit) throws IOException {
        if (animated && picture instanceof GifPicture gif) {
            try {
                return renderAnimated(gif);
            } catch (TimeLimitExceededException exceeded) {
                limit.restart();
            }
        }
        return renderStill(limit);
    }

    private RenderResult renderAnimated(GifPicture gif) throws IOException {
        try (AnimatedGifWriter result = new AnimatedGifWriter(this::resampler, gif.loops())) {
            gif.readAll(geometry.region(), result);
            return new RenderResult.Rendered(
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

    private RenderResult renderStill(TimeLimit limit) throws IOException {
        Resampler resampler = resampler();
        picture.read(geometry.region(), skip, geometry.reduction(), (y, pixels) -> {
            limit.after(pixels.length);
            resampler.row(y, pixels);
        });
        Pixels pixels = resampler.result().orElseThrow(() -> new BrokenPictureException("rows are missing"));
        BufferedImage image = ColourConversion.inSrgb(pixels, picture.profile()).image();
        return file(OrientationTransform.upright(image, picture.orientation()), pixels.opaque());
    }

    private RenderResult file(BufferedImage image, boolean opaque) throws IOException {
        byte[] jpeg = opaque ? ImageEncoder.jpeg(image) : new byte[0];
        if (opaque && picture.format() == PictureFormat.JPEG) {
            return new RenderResult.Rendered(jpeg, PictureFormat.JPEG.contentType(), image.getWidth(), image.getHeight());
        }
        byte[] png = ImageEncoder.png(image);
        if (opaque && png.length > MAX_SMALL_PNG_BYTES && png.length > jpeg.length * MAX_PNG_TO_JPEG_RATIO) {
            return new RenderResult.Rendered(jpeg, PictureFormat.JPEG.contentType(), image.getWidth(), image.getHeight());
        }
        return new RenderResult.Rendered(png, PictureFormat.PNG.contentType(), image.getWidth(), image.getHeight());
    }
}
