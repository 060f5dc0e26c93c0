package io.mediakeep.thumbnail.image;

/** The time limit of an image is exceeded. Unchecked, since it is thrown through decoders' callbacks. */
public final class TimeLimitExceededException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TimeLimitExceededException() {
        super("the image takes too long to decode");
    }
}
