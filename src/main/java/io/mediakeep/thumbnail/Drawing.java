package io.mediakeep.thumbnail;

/** What came of a wish for a thumbnail. */
public sealed interface Drawing {

    /**
     * The original bytes are already what was asked for.
     *
     * @param contentType what they are, whatever the uploader said
     */
    record Original(String contentType) implements Drawing {}

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
