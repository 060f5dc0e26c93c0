package io.mediakeep.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheDirectivesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "max-age=60, 60",
        "'public, Max-Age=\"3600\", must-revalidate', 3600",
        "'s-maxage=10, max-age=20', 20",
        "no-store, 0",
        "'private, no-cache', 0",
        "max-age=999999999, 999999999"
    })
    void cacheControlDeterminesTheLifetime(String control, long seconds) {
        assertThat(CacheDirectives.maxAge(List.of(control), Optional.of("Thu, 01 Jan 2026 09:00:00 GMT"), NOW))
                .contains(Duration.ofSeconds(seconds));
    }

    @Test
    void expiresAppliesWithoutCacheControl() {
        assertThat(CacheDirectives.maxAge(List.of(), Optional.of("Thu, 01 Jan 2026 02:00:00 GMT"), NOW))
                .contains(Duration.ofHours(2));
        assertThat(CacheDirectives.maxAge(List.of("public"), Optional.of("Wed, 31 Dec 2025 02:00:00 GMT"), NOW))
                .contains(Duration.ZERO);
        assertThat(CacheDirectives.maxAge(List.of(), Optional.of("0"), NOW)).contains(Duration.ZERO);
    }

    @Test
    void theDateMayHaveAnObsoleteFormat() {
        assertThat(CacheDirectives.maxAge(List.of(), Optional.of("Thursday, 01-Jan-26 02:00:00 GMT"), NOW))
                .contains(Duration.ofHours(2));
    }

    @Test
    void withoutHeadersThereIsNoLifetime() {
        assertThat(CacheDirectives.maxAge(List.of(), Optional.empty(), NOW)).isEmpty();
        assertThat(CacheDirectives.maxAge(List.of("public, max-age=soon"), Optional.empty(), NOW))
                .isEmpty();
    }
}
