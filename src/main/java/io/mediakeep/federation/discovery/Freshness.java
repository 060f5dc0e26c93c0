package io.mediakeep.federation.discovery;

import io.mediakeep.outbound.CacheDirectives;
import io.mediakeep.outbound.http.OutboundResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How long a delegation is cached: as its {@code Cache-Control} or {@code Expires} says, within limits. */
final class Freshness {
    static final Duration MIN = Duration.ofHours(1);
    static final Duration MAX = Duration.ofDays(2);
    static final Duration DEFAULT = Duration.ofHours(24);

    private Freshness() {}

    static Duration lifetime(OutboundResponse response, Clock clock) {
        return lifetime(response.headers("Cache-Control"), response.header("Expires"), clock.instant());
    }

    static Duration lifetime(List<String> cacheControl, Optional<String> expires, Instant now) {
        return CacheDirectives.maxAge(cacheControl, expires, now)
                .map(Freshness::within)
                .orElse(DEFAULT);
    }

    private static Duration within(Duration maxAge) {
        if (maxAge.compareTo(MIN) < 0) {
            return MIN;
        }
        return maxAge.compareTo(MAX) < 0 ? maxAge : MAX;
    }
}
