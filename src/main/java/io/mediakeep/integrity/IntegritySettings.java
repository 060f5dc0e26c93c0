package io.mediakeep.integrity;

import java.time.Duration;

/**
 * Settings of the consistency of rows and blobs.
 *
 * @param acceptOtherStore whether a start joins a database and a blob store that do not belong together
 * @param acceptOlderDatabase whether a start continues with an embedded database that has gone back
 * @param scrubPeriod in which all stored blobs are verified once; zero for never
 */
public record IntegritySettings(boolean acceptOtherStore, boolean acceptOlderDatabase, Duration scrubPeriod) {
    public static final IntegritySettings DEFAULTS = new IntegritySettings(false, false, Duration.ofDays(30));
}
