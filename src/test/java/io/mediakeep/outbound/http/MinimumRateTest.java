package io.mediakeep.outbound.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MinimumRateTest {
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private final MinimumRate rate = new MinimumRate(SILENCE);
    private long now;

    @Test
    void oneKilobytePerSecondFailsAfterAFewSeconds() {
        int seconds = 0;
        while (!rate.remaining(now).isZero()) {
            receive(1000, Duration.ofSeconds(1));
            seconds++;
        }
        assertThat(seconds).isBetween(5, 6);
    }

    @Test
    void aSufficientRateNeverFails() {
        for (int i = 0; i < 10_000; i++) {
            receive(MinimumRate.BYTES_PER_SECOND + 1, Duration.ofSeconds(1));
            assertThat(rate.remaining(now)).isPositive();
        }
    }

    @Test
    void aBurstAddsAtMostTheIdleTimeout() {
        receive(Integer.MAX_VALUE / 100, Duration.ofSeconds(1));
        rate.beginWait(now);
        assertThat(rate.remaining(now)).isEqualTo(SILENCE);
        assertThat(rate.remaining(now + SILENCE.toNanos())).isZero();
    }

    @Test
    void theGraceIsAtMostTheIdleTimeout() {
        assertThat(new MinimumRate(Duration.ofMillis(200)).remaining(now)).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void onlyTimeWaitingForTheServerCounts() {
        receive(1, Duration.ofSeconds(1));
        now += Duration.ofMinutes(5).toNanos();
        assertThat(rate.remaining(now)).isGreaterThan(Duration.ofSeconds(3));
    }

    private void receive(int bytes, Duration wait) {
        rate.beginWait(now);
        now += wait.toNanos();
        rate.endWait(bytes, now);
    }
}
