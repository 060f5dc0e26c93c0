package io.mediakeep.media;

/** What a user keeps here: bytes and files. */
public record Usage(long bytes, long files) {
    static final Usage NOTHING = new Usage(0, 0);
}
