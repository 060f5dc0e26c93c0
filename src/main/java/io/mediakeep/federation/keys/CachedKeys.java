package io.mediakeep.federation.keys;

import io.mediakeep.federation.signing.KeyId;
import io.mediakeep.federation.signing.PublishedKeys;
import io.mediakeep.federation.signing.VerifyKey;
import io.mediakeep.matrix.ServerName;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The keys of a homeserver, and how long they are used; empty when they could not be fetched. */
record CachedKeys(ServerName server, Map<KeyId, VerifyKey> keys, Instant since, Instant until) {
    /** Keys are not fetched again any sooner. */
    static final Duration MIN_USE = Duration.ofMinutes(1);

    static final Duration MAX_USE = Duration.ofHours(24);

    /** Keys are used for half of their validity, if that is not too short; never longer than they are valid. */
    static CachedKeys of(ServerName server, PublishedKeys published, Instant now) {
        Duration validity = Duration.between(now, published.validUntil());
        Duration use = min(validity, max(validity.dividedBy(2), MIN_USE));
        return new CachedKeys(server, published.keys(), now, now.plus(min(use, MAX_USE)));
    }

    /** No keys, since a time. */
    static CachedKeys none(ServerName server, Instant since) {
        return new CachedKeys(server, Map.of(), since, since);
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    Optional<VerifyKey> find(KeyId id) {
        return Optional.ofNullable(keys.get(id));
    }

    /** Whether they may still be used. */
    boolean validAt(Instant now) {
        return now.isBefore(until);
    }

    /** Whether half of their use is over, so that they should be refreshed. */
    boolean refreshDueAt(Instant now) {
        return now.isAfter(since.plus(Duration.between(since, until).dividedBy(2)));
    }

    /** Whether they may be fetched again for a key that is not among them. */
    boolean refetchableAt(Instant now) {
        return !now.isBefore(since.plus(MIN_USE));
    }
}
