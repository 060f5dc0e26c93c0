package io.mediakeep.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.MutableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MonotonicTickerTest {
    private final MutableClock clock = new MutableClock();
    private final MonotonicTicker passed = new MonotonicTicker(clock);

    @Test
    void advancesWithTheClock() {
        clock.advance(Duration.ofMinutes(2));
        assertThat(passed.read()).isEqualTo(Duration.ofMinutes(2).toNanos());
    }

    @Test
    void continuesWhenTheClockIsSetBack() {
        clock.advance(Duration.ofMinutes(2));
        passed.read();
        clock.advance(Duration.ofDays(-3650));
        passed.read();
        clock.advance(Duration.ofMinutes(1));
        assertThat(passed.read()).isEqualTo(Duration.ofMinutes(3).toNanos());
    }
}
