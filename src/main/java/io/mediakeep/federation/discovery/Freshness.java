package io.mediakeep.federation.discovery;

import io.mediakeep.outbound.CacheDirectives;
import io.mediakeep.outbound.http.OutboundResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** For how long a delegation is remembered: as its {@code Cache-Control} or {@code Expires} says, within limits. */
final class Freshness {
    static final Duration SHORTEST = Duration.ofHours(1);
    static final Duration LONGEST = Duration.ofDays(2);
    static final Duration DEFAULT = Duration.ofHours(24);

    private Freshness() {}

    static Duration of(OutboundResponse answer, Clock clock) {
        return of(answer.headers("Cache-Control"), answer.header("Expires"), clock.instant());
    }

    static Duration of(List<String> cacheControl, Optional<String> expires, Instant now) {
        return CacheDirectives.of(cacheControl, expires, now)
                .map(Freshness::within)
                .orElse(DEFAULT);
    }

    private static Duration within(Duration wish) {
        if (wish.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return wish.compareTo(LONGEST) < 0 ? wish : LONGEST;
    }
}
