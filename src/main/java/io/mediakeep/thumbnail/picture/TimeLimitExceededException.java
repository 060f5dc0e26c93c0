package io.mediakeep.thumbnail.picture;

/** A picture that takes more processor time than it may. Unchecked, since it comes out of decoders' callbacks. */
public final class TimeLimitExceededException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TimeLimitExceededException() {
        super("the picture takes too long to decode");
    }
}
