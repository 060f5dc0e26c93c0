package io.mediakeep.media;

/** What is known of a content URI. */
sealed interface Lookup {

    /** We keep it whole. */
    record Stored(Media media) implements Lookup {}

    /** Its content has not come yet. */
    record Pending() implements Lookup {}

    /** We do not know it. */
    record Absent() implements Lookup {}
}
