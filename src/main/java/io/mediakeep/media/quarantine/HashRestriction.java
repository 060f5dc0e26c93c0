package io.mediakeep.media.quarantine;

/** What is done with content of a hash that is received. */
public enum HashRestriction {
    /** It is stored, and served to nobody. */
    QUARANTINED,

    /** It is not stored. */
    BLOCKED
}
