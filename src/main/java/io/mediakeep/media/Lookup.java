package io.mediakeep.media;

/** What is known of a content URI. */
public sealed interface Lookup {

    /** We keep it whole. */
    public record Stored(Media media) implements Lookup {}

    /** Its content has not come yet. */
    public record Pending() implements Lookup {}

    /** We do not know it. */
    public record Absent() implements Lookup {}
}
