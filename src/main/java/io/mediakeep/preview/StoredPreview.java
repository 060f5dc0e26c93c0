package io.mediakeep.preview;

import io.mediakeep.matrix.Mxc;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A preview as it is kept.
 *
 * @param fetchedAt when the page was read; only the hour counts
 * @param expiresAt until when it is given out without asking the site again
 * @param image the picture in it
 */
record StoredPreview(String json, Instant fetchedAt, Instant expiresAt, Validators validators, Optional<Mxc> image) {
    /** How long it is kept beyond its time, since the site may say that the page is still the same. */
    static final Duration AFTERLIFE = Duration.ofHours(24);

    /** How long its picture outlives it, for clients that ask late. */
    private static final Duration IMAGE_AFTERLIFE = Duration.ofHours(24);

    private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

    /** The preview as it is after the site said that the page has not changed. */
    StoredPreview prolonged(Instant until) {
        return new StoredPreview(json, fetchedAt, until, validators, image);
    }

    /** Whether it may be given out at a time. */
    boolean freshAt(Instant time) {
        return time.isBefore(expiresAt);
    }

    /** Whether it shows the page as it was at a time. */
    boolean shows(Instant time) {
        return hour() <= hour(time) && freshAt(time);
    }

    Instant keepUntil() {
        return expiresAt.plus(AFTERLIFE);
    }

    Instant keepImageUntil() {
        return imageUntil(expiresAt);
    }

    /** Until when the picture of a preview is kept that expires at a time. */
    static Instant imageUntil(Instant expiresAt) {
        return expiresAt.plus(AFTERLIFE).plus(IMAGE_AFTERLIFE);
    }

    long hour() {
        return hour(fetchedAt);
    }

    /** The hour of a time, counted from 1970. */
    static long hour(Instant time) {
        return Math.floorDiv(time.toEpochMilli(), HOUR_MILLIS);
    }
}
