package io.mediakeep.federation.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.MutableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final MutableClock clock = new MutableClock();
    private final Backoff<String> backOff = new Backoff<>(Duration.ofSeconds(10), Duration.ofSeconds(35), clock);

    @Test
    void eachFurtherFailureDoublesTheDelayUpToTheMaximum() {
        for (int wait : new int[] {10, 20, 35, 35}) {
            backOff.failed("cat");
            clock.advance(Duration.ofSeconds(wait - 1));
            assertThat(backOff.isDelayed("cat")).isTrue();
            clock.advance(Duration.ofSeconds(1));
            assertThat(backOff.isDelayed("cat")).isFalse();
        }
    }

    @Test
    void manyFailuresAtOnceCountAsOne() {
        backOff.failed("cat");
        backOff.failed("cat");
        backOff.failed("cat");
        clock.advance(Duration.ofSeconds(10));
        assertThat(backOff.isDelayed("cat")).isFalse();
    }

    @Test
    void aSuccessResetsTheFailures() {
        backOff.failed("cat");
        clock.advance(Duration.ofSeconds(10));
        backOff.failed("cat");
        backOff.succeeded("cat");
        assertThat(backOff.isDelayed("cat")).isFalse();
        backOff.failed("cat");
        clock.advance(Duration.ofSeconds(10));
        assertThat(backOff.isDelayed("cat")).isFalse();
    }

    @Test
    void noDelayLastsForYearsWhenTheClockIsSetBack() {
        backOff.failed("cat");
        clock.advance(Duration.ofDays(-3650));
        assertThat(backOff.isDelayed("cat")).isFalse();
    }

    @Test
    void otherKeysAreNotDelayed() {
        backOff.failed("cat");
        assertThat(backOff.isDelayed("dog")).isFalse();
    }
}
