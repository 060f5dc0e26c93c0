package io.mediakeep.thumbnail;

import io.mediakeep.matrix.MatrixException;
import io.mediakeep.thumbnail.image.CorruptImageException;
import io.mediakeep.thumbnail.image.ImageFormat;
import io.mediakeep.thumbnail.image.SourceImage;
import io.mediakeep.thumbnail.image.TimeLimit;
import io.mediakeep.thumbnail.image.TimeLimitExceededException;
import io.mediakeep.thumbnail.image.gif.GifImage;
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

    /** Up to this size PNG is preferred: it suits few colours and sharp edges, and has transparency. */
    private static final int MAX_SMALL_PNG_BYTES = 4096;

    private static final double MAX_PNG_TO_JPEG_RATIO = 1.5;

    private final SourceImage source;
    private final ThumbnailGeometry geometry;
    private final int subsampling;
    private final boolean animated;

    private RenderPlan(SourceImage source, ThumbnailGeometry geometry, int subsampling, boolean animated) {
        this.source = source;
        this.geometry = geometry;
        this.subsampling = subsampling;
        this.animated = animated;
    }

    /**
     * Plans a thumbnail so that it fits into the budget.
     *
     * @throws MatrixException 413 when that is impossible
     */
    static RenderPlan of(SourceImage source, ThumbnailSpec spec, ThumbnailSettings settings, MemoryBudget budget) {
        ThumbnailGeometry geometry = geometry(source, spec, settings.maxSide());
        int subsampling = 1;
        while (!budget.canEverHold(bytes(source, geometry, subsampling)) && 2 * subsampling <= geometry.reduction()) {
            subsampling *= 2;
        }
        if (!budget.canEverHold(bytes(source, geometry, subsampling))) {
            throw MatrixException.imageTooLarge();
        }
        RenderPlan still = new RenderPlan(source, geometry, subsampling, false);
        RenderPlan animated = new RenderPlan(source, geometry, subsampling, true);
        boolean canAnimate = spec.animated() && subsampling == 1 && canAnimate(source, settings.maxSourcePixels());
        return canAnimate && budget.canEverHold(animated.bytes()) ? animated : still;
    }

    /** Whether the source is animated and short enough; otherwise its first frame is used. */
    private static boolean canAnimate(SourceImage source, long maxPixels) {
        return source instanceof GifImage gif
                && gif.animated()
                && !gif.tooManyFrames()
                && gif.pixelsInAllFrames() <= Math.min(maxPixels, MAX_ANIMATED_PIXELS);
    }

    private static ThumbnailGeometry geometry(SourceImage source, ThumbnailSpec spec, int maxSide) {
        boolean swapped = source.orientation().swapsWidthAndHeight();
        double reduction = Math.max(1, (double) Math.max(spec.width(), spec.height()) / maxSide);
        int width = (int) Math.max(1, Math.round((swapped ? spec.height() : spec.width()) / reduction));
        int height = (int) Math.max(1, Math.round((swapped ? spec.width() : spec.height()) / reduction));
        return spec.method() == ThumbnailSpec.Method.CROP
                ? ThumbnailGeometry.cropped(source.width(), source.height(), width, height)
                : ThumbnailGeometry.scaled(source.width(), source.height(), width, height);
    }

    /** The memory, in bytes, that the smallest thumbnail of an image takes. */
    static long minBytes(SourceImage source) {
        int all = Math.max(source.width(), source.height());
        return FIXED_BYTES + source.bytesToRead(all) + COPIES_OF_PROFILE * source.profileBytes();
    }

    /** The memory, in bytes, that rendering takes. */
    long bytes() {
        return bytes(source, geometry, subsampling)
                + (animated && source instanceof GifImage gif ? bytesToAnimate(gif) : 0);
    }

    private long bytesToAnimate(GifImage gif) {
        return gif.bytesToReadAll() + BYTES_PER_WRITTEN_PIXEL * gif.frames() * geometry.width() * geometry.height();
    }

    /** The pixels of the result exist twice: in the source's colours and in sRGB. */
    private static long bytes(SourceImage source, ThumbnailGeometry geometry, int subsampling) {
        int columns = (geometry.region().width + subsampling - 1) / subsampling;
        return FIXED_BYTES
                + source.bytesToRead(subsampling)
                + COPIES_OF_PROFILE * source.profileBytes()
                + Resampler.bytes(columns, geometry.width(), source.samples())
                + (BYTES_PER_RENDERED_PIXEL + 2L * source.samples().bytes()) * geometry.width() * geometry.height();
    }

    /** Renders the thumbnail; animated if that was requested and does not exceed the time limit, otherwise still. */
    RenderResult render(TimeLimit limit) throws IOException {
        if (animated && source instanceof GifImage gif) {
            try {
                return renderAnimated(gif);
            } catch (TimeLimitExceededException exceeded) {
                limit.restart();
            }
        }
        return renderStill(limit);
    }

    private RenderResult renderAnimated(GifImage gif) throws IOException {
        try (AnimatedGifWriter result = new AnimatedGifWriter(this::resampler, gif.loops())) {
            gif.readAll(geometry.region(), result);
            return new RenderResult.Rendered(
                    result.file(), ImageFormat.GIF.contentType(), geometry.width(), geometry.height());
        }
    }

    private Resampler resampler() {
        Rectangle region = geometry.region();
        return new Resampler(
                (region.width + subsampling - 1) / subsampling,
                (region.height + subsampling - 1) / subsampling,
                geometry.width(),
                geometry.height(),
                source.samples());
    }

    private RenderResult renderStill(TimeLimit limit) throws IOException {
        Resampler resampler = resampler();
        source.read(geometry.region(), subsampling, geometry.reduction(), (y, pixels) -> {
            limit.after(pixels.length);
            resampler.row(y, pixels);
        });
        Pixels pixels = resampler.result().orElseThrow(() -> new CorruptImageException("rows are missing"));
        BufferedImage image = ColourConversion.inSrgb(pixels, source.profile()).image();
        return file(OrientationTransform.upright(image, source.orientation()), pixels.opaque());
    }

    private RenderResult file(BufferedImage image, boolean opaque) throws IOException {
        byte[] jpeg = opaque ? ImageEncoder.jpeg(image) : new byte[0];
        if (opaque && source.format() == ImageFormat.JPEG) {
            return new RenderResult.Rendered(jpeg, ImageFormat.JPEG.contentType(), image.getWidth(), image.getHeight());
        }
        byte[] png = ImageEncoder.png(image);
        if (opaque && png.length > MAX_SMALL_PNG_BYTES && png.length > jpeg.length * MAX_PNG_TO_JPEG_RATIO) {
            return new RenderResult.Rendered(jpeg, ImageFormat.JPEG.contentType(), image.getWidth(), image.getHeight());
        }
        return new RenderResult.Rendered(png, ImageFormat.PNG.contentType(), image.getWidth(), image.getHeight());
    }
}
