package io.mediakeep.thumbnail;

/** The outcome of rendering a thumbnail. */
public sealed interface RenderResult {

    /** In pixels. */
    int width();

    /** In pixels. */
    int height();

    /** Whether it fills its box, so that a larger source would not give a larger thumbnail. */
    default boolean fills(ThumbnailSpec box) {
        boolean wide = width() >= box.width();
        boolean high = height() >= box.height();
        return box.method() == ThumbnailSpec.Method.CROP ? wide && high : wide || high;
    }

    /**
     * The original already meets the request and is used as it is.
     *
     * @param contentType detected from the bytes, whatever the uploader declared
     * @param width in pixels
     * @param height in pixels
     */
    record Original(String contentType, int width, int height) implements RenderResult {}

    /**
     * A rendered thumbnail.
     *
     * @param bytes the file; not modified by anyone
     * @param width in pixels
     * @param height in pixels
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Rendered(byte[] bytes, String contentType, int width, int height) implements RenderResult {}
}
