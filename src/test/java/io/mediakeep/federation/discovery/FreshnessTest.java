package io.mediakeep.federation.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreshnessTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    - | - | 24h
                    max-age=7200 | - | 2h
                    public, Max-Age=7200 | - | 2h
                    max-age="7200" | - | 2h
                    max-age=0 | - | 1h
                    max-age=999999999 | - | 48h
                    max-age=99999999999 | - | 48h
                    no-store | - | 1h
                    no-cache, max-age=7200 | - | 1h
                    s-maxage=7200 | - | 24h
                    public | - | 24h
                    - | Thu, 01 Jan 2026 03:00:00 GMT | 3h
                    - | Thu, 01 Jan 2026 00:10:00 GMT | 1h
                    - | Sun, 01 Feb 2026 00:00:00 GMT | 48h
                    - | Thu, 01 Jan 2015 00:00:00 GMT | 1h
                    - | 0 | 1h
                    max-age=7200 | Thu, 01 Jan 2026 03:00:00 GMT | 2h
                    """)
    void isLimited(String cacheControl, String expires, String expected) {
        List<String> control = cacheControl == null ? List.of() : List.of(cacheControl);
        assertThat(Freshness.lifetime(control, Optional.ofNullable(expires), NOW))
                .isEqualTo(Duration.parse("PT" + expected.toUpperCase()));
    }
}
