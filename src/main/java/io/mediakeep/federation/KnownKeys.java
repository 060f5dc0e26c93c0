package io.mediakeep.federation;

import io.mediakeep.federation.signing.KeyId;
import io.mediakeep.federation.signing.PublishedKeys;
import io.mediakeep.federation.signing.VerifyKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What we know of a homeserver's keys since a point in time; no keys at all when they could not be had. */
record KnownKeys(Map<KeyId, VerifyKey> keys, Instant since, Instant until) {
    /** Neither are keys asked for again any sooner, nor believed for less. */
    static final Duration SHORTEST_USE = Duration.ofMinutes(1);

    static final Duration LONGEST_USE = Duration.ofHours(24);

    /** Half of the time for which they are valid. */
    static KnownKeys of(PublishedKeys published, Instant now) {
        Duration half = Duration.between(now, published.validUntil()).dividedBy(2);
        Duration use = half.compareTo(SHORTEST_USE) < 0 ? SHORTEST_USE : half;
        return new KnownKeys(published.keys(), now, now.plus(use.compareTo(LONGEST_USE) < 0 ? use : LONGEST_USE));
    }

    static KnownKeys none(Instant now) {
        return new KnownKeys(Map.of(), now, now);
    }

    Optional<VerifyKey> find(KeyId id) {
        return Optional.ofNullable(keys.get(id));
    }

    /** Whether they may still be used. */
    boolean holdAt(Instant now) {
        return now.isBefore(until);
    }

    /** Whether half of the time for which they may be used is over, so that newer ones should be fetched. */
    boolean ageAt(Instant now) {
        return now.isAfter(since.plus(Duration.between(since, until).dividedBy(2)));
    }

    /** Whether a key that is not among them may have been published since. */
    boolean mayLackAt(Instant now) {
        return !now.isBefore(since.plus(SHORTEST_USE));
    }
}
