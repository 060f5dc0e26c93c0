package io.mediakeep.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;

/**
 * A cache of token checks. An accepted token is valid for a time, and stays in the cache for a grace period in case the
 * homeserver is not available then.
 */
final class TokenCheckCache {
    static final int MAX_CACHED = 50_000;

    /** A rejection is valid no longer than this: the token may be accepted later. */
    private static final Duration MAX_REJECTED_VALIDITY = Duration.ofSeconds(10);

    /** The grace period is this multiple of the validity, with a maximum. */
    private static final int GRACE_FACTOR = 5;

    private static final Duration MAX_GRACE = Duration.ofMinutes(5);

    /** How long the old result is used while it is being checked again, or cannot be. */
    private static final Duration EXTENSION = Duration.ofSeconds(5);

    private final Duration accepted;
    private final Duration rejected;
    private final Duration grace;
    private final Ticker time;
    private final Cache<TokenCheck, Entry> cache;

    /** @param accepted how long an accepted token is valid */
    TokenCheckCache(Duration accepted, Ticker time) {
        this.accepted = accepted;
        this.rejected = shorter(accepted, MAX_REJECTED_VALIDITY);
        this.grace = shorter(accepted, MAX_GRACE.dividedBy(GRACE_FACTOR)).multipliedBy(GRACE_FACTOR);
        this.time = time;
        this.cache = Caffeine.newBuilder()
                .maximumSize(MAX_CACHED)
                .expireAfter(Expiry.<TokenCheck, Entry>writing(
                        (check, result) -> Duration.ofNanos(result.evictedAt - time.read())))
                .ticker(time)
                .build();
    }

    /** Both points in time are those of the ticker, which is independent of the system clock. */
    private record Entry(TokenCheckResult result, long validUntil, long evictedAt) {}

    void put(TokenCheck check, TokenCheckResult result) {
        boolean valid = result instanceof TokenCheckResult.Accepted;
        long validUntil = time.read() + (valid ? accepted : rejected).toNanos();
        cache.put(check, new Entry(result, validUntil, valid ? validUntil + grace.toNanos() : validUntil));
    }

    /**
     * A cached result.
     *
     * @param due whether the caller must check the token again; other requests use the cached result meanwhile
     */
    record Cached(TokenCheckResult result, boolean due) {}

    /** The cached result; when it is no longer valid, it is due for exactly one caller. */
    Optional<Cached> find(TokenCheck check) {
        Entry found = cache.getIfPresent(check);
        if (found == null) {
            return Optional.empty();
        }
        if (time.read() - found.validUntil < 0) {
            return Optional.of(new Cached(found.result, false));
        }
        boolean due = cache.asMap().replace(check, found, extended(found));
        return due ? Optional.of(new Cached(found.result, true)) : find(check);
    }

    private Entry extended(Entry old) {
        long now = time.read();
        long validUntil = now + Math.min(old.evictedAt - now, EXTENSION.toNanos());
        return new Entry(old.result, validUntil, old.evictedAt);
    }

    /** The number of cached results. */
    long size() {
        cache.cleanUp();
        return cache.estimatedSize();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
