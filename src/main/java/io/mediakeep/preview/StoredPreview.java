package io.mediakeep.preview;

import io.mediakeep.matrix.Mxc;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A stored preview.
 *
 * @param fetchedAt when the page was fetched, to the hour
 * @param expiresAt until when it is fresh
 * @param image the content URI of the image
 */
record StoredPreview(String json, Instant fetchedAt, Instant expiresAt, Validators validators, Optional<Mxc> image) {
    /** How long an expired preview is stored, for revalidation with the site. */
    static final Duration REVALIDATION_PERIOD = Duration.ofHours(24);

    /** How long its image is stored beyond that, for clients that request it late. */
    private static final Duration IMAGE_GRACE_PERIOD = Duration.ofHours(24);

    private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

    /** The preview after the site confirmed that the page has not changed. */
    StoredPreview extended(Instant until) {
        return new StoredPreview(json, fetchedAt, until, validators, image);
    }

    /** Whether it is fresh at a time. */
    boolean freshAt(Instant time) {
        return time.isBefore(expiresAt);
    }

    /** Whether it was current at a time. */
    boolean isCurrentAt(Instant time) {
        return hour() <= hour(time) && freshAt(time);
    }

    Instant keepUntil() {
        return expiresAt.plus(REVALIDATION_PERIOD);
    }

    Instant keepImageUntil() {
        return imageUntil(expiresAt);
    }

    /** Until when the image of a preview with this expiry is stored. */
    static Instant imageUntil(Instant expiresAt) {
        return expiresAt.plus(REVALIDATION_PERIOD).plus(IMAGE_GRACE_PERIOD);
    }

    long hour() {
        return hour(fetchedAt);
    }

    /** The hour of a time since the epoch. */
    static long hour(Instant time) {
        return Math.floorDiv(time.toEpochMilli(), HOUR_MILLIS);
    }
}
