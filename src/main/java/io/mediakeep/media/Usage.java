package io.mediakeep.media;

/** The storage usage of a user: bytes and files. */
public record Usage(long bytes, long files) {
    static final Usage NONE = new Usage(0, 0);
}
