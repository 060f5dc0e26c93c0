package io.mediakeep.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.mediakeep.matrix.MatrixException;
import java.time.Duration;

/** How often the homeserver refused what an address came with, in the minute that its first such failure began. */
final class FailedAuthentications {
    static final int MOST_PER_ADDRESS = 60;
    static final Duration WINDOW = Duration.ofMinutes(1);

    /** How many addresses are counted; beyond that those least seen start afresh. */
    static final int MOST_ADDRESSES = 100_000;

    private final Cache<String, Integer> counts;

    FailedAuthentications(Ticker time) {
        this.counts = Caffeine.newBuilder()
                .maximumSize(MOST_ADDRESSES)
                .expireAfter(Expiry.<String, Integer>creating((address, first) -> WINDOW))
                .ticker(time)
                .build();
    }

    void count(String address) {
        counts.asMap().merge(address, 1, Integer::sum);
    }

    /** Refuses an address that failed too often with 429. */
    void check(String address) {
        Integer count = counts.getIfPresent(address);
        if (count != null && count >= MOST_PER_ADDRESS) {
            throw MatrixException.limitExceeded("Too many failed authentications", left(address));
        }
    }

    /** How many addresses are counted now. */
    long size() {
        counts.cleanUp();
        return counts.estimatedSize();
    }

    private Duration left(String address) {
        return counts.policy()
                .expireVariably()
                .flatMap(expiration -> expiration.getExpiresAfter(address))
                .orElse(WINDOW);
    }
}
