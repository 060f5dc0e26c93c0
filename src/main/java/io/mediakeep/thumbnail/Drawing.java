package io.mediakeep.thumbnail;

/** What came of a wish for a thumbnail. */
public sealed interface Drawing {

    /** In pixels. */
    int width();

    /** In pixels. */
    int height();

    /** Whether it fills its box, so that a larger picture would have given no more. */
    default boolean fills(ThumbnailSpec box) {
        boolean wide = width() >= box.width();
        boolean high = height() >= box.height();
        return box.method() == ThumbnailSpec.Method.CROP ? wide && high : wide || high;
    }

    /**
     * The original bytes are already what was asked for.
     *
     * @param contentType what they are, whatever the uploader said
     * @param width in pixels
     * @param height in pixels
     */
    record Original(String contentType, int width, int height) implements Drawing {}

    /**
     * A picture that was drawn.
     *
     * @param bytes the file, which nobody changes
     * @param width in pixels
     * @param height in pixels
     */
    @SuppressWarnings("ArrayRecordComponent") // it is handed on once, and never compared
    record Drawn(byte[] bytes, String contentType, int width, int height) implements Drawing {}
}
