package io.mediakeep.limits;

import io.mediakeep.limits.QuotaSettings.Unit;

/** Bytes and files that are stored or were uploaded. */
public record Usage(long bytes, long files) {
    public static final Usage NONE = new Usage(0, 0);

    long in(Unit unit) {
        return unit == Unit.BYTES ? bytes : files;
    }
}
