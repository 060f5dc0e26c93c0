package io.mediakeep.outbound.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MinimumRateTest {
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private final MinimumRate rate = new MinimumRate(SILENCE);
    private long now;

    @Test
    void aKilobyteASecondIsGivenUpAfterAFewSeconds() {
        int seconds = 0;
        while (!rate.left(now).isZero()) {
            comes(1000, Duration.ofSeconds(1));
            seconds++;
        }
        assertThat(seconds).isBetween(5, 6);
    }

    @Test
    void whatIsFastEnoughIsNeverGivenUp() {
        for (int i = 0; i < 10_000; i++) {
            comes(MinimumRate.BYTES_PER_SECOND + 1, Duration.ofSeconds(1));
            assertThat(rate.left(now)).isPositive();
        }
    }

    @Test
    void aBurstBuysNoMoreThanTheLongestSilence() {
        comes(Integer.MAX_VALUE / 100, Duration.ofSeconds(1));
        rate.waits(now);
        assertThat(rate.left(now)).isEqualTo(SILENCE);
        assertThat(rate.left(now + SILENCE.toNanos())).isZero();
    }

    @Test
    void theGraceIsNotLongerThanTheLongestSilence() {
        assertThat(new MinimumRate(Duration.ofMillis(200)).left(now)).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void timeInWhichNobodyWaitsForTheServerDoesNotCount() {
        comes(1, Duration.ofSeconds(1));
        now += Duration.ofMinutes(5).toNanos();
        assertThat(rate.left(now)).isGreaterThan(Duration.ofSeconds(3));
    }

    private void comes(int bytes, Duration wait) {
        rate.waits(now);
        now += wait.toNanos();
        rate.came(bytes, now);
    }
}
