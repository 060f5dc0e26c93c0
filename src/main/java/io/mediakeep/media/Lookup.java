package io.mediakeep.media;

/** The state of a content URI in the catalog. */
public sealed interface Lookup {

    /** Its content is stored. */
    public record Stored(Media media) implements Lookup {}

    /** It is reserved, and its content is not uploaded yet. */
    public record Pending() implements Lookup {}

    /** There is no such URI. */
    public record Absent() implements Lookup {}
}
