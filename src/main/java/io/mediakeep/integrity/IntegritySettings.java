package io.mediakeep.integrity;

import java.time.Duration;

/**
 * How rows and bytes are held together.
 *
 * @param acceptOtherStore whether a start joins a database and a blob store that do not belong together
 * @param acceptOlderDatabase whether a start goes on with an embedded database that has gone back
 * @param scrubPeriod in which time all kept bytes are verified once; zero for never
 */
public record IntegritySettings(boolean acceptOtherStore, boolean acceptOlderDatabase, Duration scrubPeriod) {
    public static final IntegritySettings DEFAULTS = new IntegritySettings(false, false, Duration.ofDays(30));
}
