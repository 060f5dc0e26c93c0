package io.mediakeep.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;

/**
 * What the homeserver said of tokens. An acceptance is valid for a time, and kept for some more in case the homeserver
 * cannot confirm it then.
 */
final class TokenCheckCache {
    static final int MOST = 50_000;

    /** A refusal is valid no longer than this: the token may be accepted by now. */
    private static final Duration LONGEST_REFUSAL = Duration.ofSeconds(10);

    /** How many times its validity an acceptance is kept after that, and the most. */
    private static final int GRACE_FACTOR = 5;

    private static final Duration LONGEST_GRACE = Duration.ofMinutes(5);

    /** How long an acceptance that is being confirmed, or could not be, is answered before it is asked about again. */
    private static final Duration EXTENSION = Duration.ofSeconds(5);

    private final Duration accepted;
    private final Duration refused;
    private final Duration grace;
    private final Ticker time;
    private final Cache<TokenCheck, Known> known;

    /** @param accepted how long an acceptance is valid */
    TokenCheckCache(Duration accepted, Ticker time) {
        this.accepted = accepted;
        this.refused = shorter(accepted, LONGEST_REFUSAL);
        this.grace = shorter(accepted, LONGEST_GRACE.dividedBy(GRACE_FACTOR)).multipliedBy(GRACE_FACTOR);
        this.time = time;
        this.known = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfter(Expiry.<TokenCheck, Known>writing(
                        (question, verdict) -> Duration.ofNanos(verdict.keptUntil - time.read())))
                .ticker(time)
                .build();
    }

    /** Both points in time are those of the ticker, which no change of the clock moves. */
    private record Known(TokenCheckResult verdict, long validUntil, long keptUntil) {}

    void put(TokenCheck question, TokenCheckResult verdict) {
        boolean good = verdict instanceof TokenCheckResult.Accepted;
        long validUntil = time.read() + (good ? accepted : refused).toNanos();
        known.put(question, new Known(verdict, validUntil, good ? validUntil + grace.toNanos() : validUntil));
    }

    /**
     * What is known of a token.
     *
     * @param due whether the caller shall have it confirmed; whoever else comes with the token meanwhile is answered with it
     */
    record Remembered(TokenCheckResult verdict, boolean due) {}

    /** What is known; of an acceptance that is no longer valid one caller is told that it is due. */
    Optional<Remembered> find(TokenCheck question) {
        Known found = known.getIfPresent(question);
        if (found == null) {
            return Optional.empty();
        }
        if (time.read() - found.validUntil < 0) {
            return Optional.of(new Remembered(found.verdict, false));
        }
        boolean mine = known.asMap().replace(question, found, extended(found));
        return mine ? Optional.of(new Remembered(found.verdict, true)) : find(question);
    }

    private Known extended(Known old) {
        long now = time.read();
        long validUntil = now + Math.min(old.keptUntil - now, EXTENSION.toNanos());
        return new Known(old.verdict, validUntil, old.keptUntil);
    }

    /** How many are remembered now. */
    long size() {
        known.cleanUp();
        return known.estimatedSize();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
