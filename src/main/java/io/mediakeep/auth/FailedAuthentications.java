package io.mediakeep.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.mediakeep.matrix.MatrixException;
import java.time.Duration;

/** Counts failed authentications of each address, in windows of a minute that start with the first failure. */
final class FailedAuthentications {
    static final int MAX_FAILURES = 60;
    static final Duration WINDOW = Duration.ofMinutes(1);

    /** Beyond so many addresses, the least recently seen ones are no longer counted. */
    static final int MAX_ADDRESSES = 100_000;

    private final Cache<String, Integer> counts;

    FailedAuthentications(Ticker time) {
        this.counts = Caffeine.newBuilder()
                .maximumSize(MAX_ADDRESSES)
                .expireAfter(Expiry.<String, Integer>creating((address, first) -> WINDOW))
                .ticker(time)
                .build();
    }

    void count(String address) {
        counts.asMap().merge(address, 1, Integer::sum);
    }

    /** Rejects an address that failed too often with 429. */
    void check(String address) {
        Integer count = counts.getIfPresent(address);
        if (count != null && count >= MAX_FAILURES) {
            throw MatrixException.limitExceeded("Too many failed authentications", remaining(address));
        }
    }

    /** The number of counted addresses. */
    long size() {
        counts.cleanUp();
        return counts.estimatedSize();
    }

    private Duration remaining(String address) {
        return counts.policy()
                .expireVariably()
                .flatMap(expiration -> expiration.getExpiresAfter(address))
                .orElse(WINDOW);
    }
}
