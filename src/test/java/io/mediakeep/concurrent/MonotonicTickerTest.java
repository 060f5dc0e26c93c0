package io.mediakeep.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.MovableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MonotonicTickerTest {
    private final MovableClock clock = new MovableClock();
    private final MonotonicTicker passed = new MonotonicTicker(clock);

    @Test
    void isWhatHasPassedByTheClock() {
        clock.pass(Duration.ofMinutes(2));
        assertThat(passed.read()).isEqualTo(Duration.ofMinutes(2).toNanos());
    }

    @Test
    void goesOnFromWhereItWasWhenTheClockIsSetBack() {
        clock.pass(Duration.ofMinutes(2));
        passed.read();
        clock.pass(Duration.ofDays(-3650));
        passed.read();
        clock.pass(Duration.ofMinutes(1));
        assertThat(passed.read()).isEqualTo(Duration.ofMinutes(3).toNanos());
    }
}
