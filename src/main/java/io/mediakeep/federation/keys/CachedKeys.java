package io.mediakeep.federation.keys;

import io.mediakeep.federation.signing.KeyId;
import io.mediakeep.federation.signing.PublishedKeys;
import io.mediakeep.federation.signing.VerifyKey;
import io.mediakeep.matrix.ServerName;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What we know of a homeserver's keys since a point in time; no keys at all when they could not be had. */
record CachedKeys(ServerName server, Map<KeyId, VerifyKey> keys, Instant since, Instant until) {
    /** Keys are not asked for again any sooner. */
    static final Duration SHORTEST_USE = Duration.ofMinutes(1);

    static final Duration LONGEST_USE = Duration.ofHours(24);

    /** Half of the time for which they are valid, if that is not too short; never any longer than they are valid. */
    static CachedKeys of(ServerName server, PublishedKeys published, Instant now) {
        Duration validity = Duration.between(now, published.validUntil());
        Duration use = shorter(validity, longer(validity.dividedBy(2), SHORTEST_USE));
        return new CachedKeys(server, published.keys(), now, now.plus(shorter(use, LONGEST_USE)));
    }

    /** No keys, as we know since a time. */
    static CachedKeys none(ServerName server, Instant since) {
        return new CachedKeys(server, Map.of(), since, since);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
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
