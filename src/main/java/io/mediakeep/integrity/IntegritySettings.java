package io.mediakeep.integrity;

import java.time.Duration;

/**
 * How rows and bytes are held together.
 *
 * @param acceptOtherStore whether a start joins a database and a blob store that do not belong together
 * @param scrubPeriod in which time all kept bytes are verified once; zero for never
 */
public record IntegritySettings(boolean acceptOtherStore, Duration scrubPeriod) {
    public static final IntegritySettings DEFAULTS = new IntegritySettings(false, Duration.ofDays(30));
}
