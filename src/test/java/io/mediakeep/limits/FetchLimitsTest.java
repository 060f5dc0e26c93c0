package io.mediakeep.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bucket4j.TimeMeter;
import io.mediakeep.matrix.MatrixException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FetchLimitsTest {
    private static final String ALICE = "@alice:example.org", BOB = "@bob:example.org";

    private final AtomicLong nanos = new AtomicLong();
    private final FetchLimits limits = new FetchLimits(new FetchSettings(100, 1000), new TimeMeter() {
        @Override
        public long currentTimeNanos() {
            return nanos.get();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    });

    @Test
    void aNegativeAllowanceRejectsUntilItIsPositive() {
        fetch(ALICE, 1500);
        assertRejected(ALICE, Duration.ofMillis(5010));
        nanos.addAndGet(Duration.ofSeconds(5).toNanos());
        assertRejected(ALICE, Duration.ofMillis(10));
        nanos.addAndGet(Duration.ofMillis(10).toNanos());
        limits.begin(ALICE);
    }

    @Test
    void callersHaveSeparateAllowances() {
        fetch(ALICE, 1_000_000);
        limits.begin(BOB);
    }

    @Test
    void failedFetchesAreNotCounted() {
        for (int failures = 0; failures < 100; failures++) {
            limits.begin(ALICE);
        }
        fetch(ALICE, 999);
        limits.begin(ALICE);
    }

    private void fetch(String caller, long bytes) {
        limits.begin(caller).charge(bytes);
    }

    private void assertRejected(String caller, Duration wait) {
        assertThatThrownBy(() -> limits.begin(caller)).isInstanceOfSatisfying(MatrixException.class, exception -> {
            assertThat(exception.status()).isEqualTo(429);
            assertThat(exception.retryAfter()).contains(wait);
        });
    }
}
