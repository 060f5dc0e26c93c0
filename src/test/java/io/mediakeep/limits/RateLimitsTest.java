package io.mediakeep.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bucket4j.TimeMeter;
import io.mediakeep.limits.RateLimitSettings.Allowance;
import io.mediakeep.matrix.ErrorCode;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.testing.Concurrently;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitsTest {
    private static final String ALICE = "@alice:example.org";
    private static final String BOB = "@bob:example.org";
    private static final int MANY = 1_000_000;

    private final MovableTime time = new MovableTime();
    private final RateLimits limits = limits(2, 5, MANY);

    @Test
    void theBurstIsPermittedAtOnceAndNoMore() {
        assertThat(permitted(limits, ALICE, 10)).isEqualTo(5);
    }

    @Test
    void theErrorHasARetryAfter() {
        permitted(limits, ALICE, 5);
        assertThatThrownBy(() -> limits.take(Limit.UPLOAD, ALICE))
                .isInstanceOfSatisfying(MatrixException.class, exception -> {
                    assertThat(exception.code()).isEqualTo(ErrorCode.M_LIMIT_EXCEEDED);
                    assertThat(exception.status()).isEqualTo(429);
                    assertThat(exception.retryAfter()).contains(Duration.ofMillis(500));
                });
        time.advance(Duration.ofMillis(100));
        assertThatThrownBy(() -> limits.take(Limit.UPLOAD, ALICE))
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        exception -> assertThat(exception.retryAfter()).contains(Duration.ofMillis(400)));
    }

    @Test
    void aRequestAfterRetryAfterIsPermitted() {
        permitted(limits, ALICE, 5);
        time.advance(Duration.ofMillis(500).minusNanos(1));
        assertThat(permitted(limits, ALICE, 1)).isZero();
        time.advance(Duration.ofNanos(1));
        assertThat(permitted(limits, ALICE, 2)).isEqualTo(1);
    }

    @Test
    void theAllowanceGrowsBackToTheBurstAndNoFurther() {
        permitted(limits, ALICE, 5);
        time.advance(Duration.ofSeconds(1));
        assertThat(permitted(limits, ALICE, 10)).isEqualTo(2);
        time.advance(Duration.ofDays(1));
        assertThat(permitted(limits, ALICE, 10)).isEqualTo(5);
    }

    @Test
    void rejectedRequestsAreNotCounted() {
        permitted(limits, ALICE, 1000);
        time.advance(Duration.ofMillis(500));
        assertThat(permitted(limits, ALICE, 1)).isEqualTo(1);
    }

    @Test
    void callersHaveSeparateLimits() {
        permitted(limits, ALICE, 10);
        assertThat(permitted(limits, BOB, 10)).isEqualTo(5);
    }

    @Test
    void limitsAreIndependent() {
        permitted(limits, ALICE, 10);
        limits.take(Limit.DOWNLOAD, ALICE);
    }

    @Test
    void concurrentCallsAreLimited() throws Exception {
        List<Object> outcomes = Concurrently.run(16, () -> permitted(limits, ALICE, 3));
        assertThat(outcomes.stream().mapToInt(Integer.class::cast).sum()).isEqualTo(5);
    }

    @Test
    void theNumberOfCallersIsBounded() {
        RateLimits few = limits(0.001, 1, 10);
        int callers = 20_000;
        IntStream.range(0, callers).forEach(caller -> few.take(Limit.UPLOAD, "caller" + caller));
        long letInAgain = IntStream.range(0, callers)
                .map(caller -> permitted(few, "caller" + caller, 1))
                .sum();
        assertThat(letInAgain).isGreaterThan(callers / 2); // an evicted caller has a full allowance
    }

    @ParameterizedTest
    @CsvSource({"0.000000001, 1", "0.000000001, 2147483647", "1000000, 1", "1000000, 2147483647", "0.5, 1"})
    void everyValidAllowancePermitsARequest(double perSecond, int burst) {
        assertThat(permitted(limits(perSecond, burst, MANY), ALICE, 2)).isEqualTo(Math.min(2, burst));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN})
    void anAllowanceOfZeroIsInvalid(double perSecond) {
        assertThatThrownBy(() -> new Allowance(perSecond, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Allowance(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theSpecifiedNumberOfCallersIsCounted() {
        RateLimits limits = new RateLimits(new RateLimitSettings(Map.of()));
        for (int i = 0; i < 100_000; i++) {
            limits.take(Limit.DOWNLOAD, "10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255));
        }
        for (int i = 0; i < 60_000; i++) {
            limits.take(Limit.DOWNLOAD, TrustedProxies.limitKey("2001:db8:" + Integer.toHexString(i) + "::1"));
        }
        assertThat(limits.counted(Limit.DOWNLOAD)).isBetween(1L, 100_000L);
    }

    private RateLimits limits(double perSecond, int burst, int maxCallers) {
        return new RateLimits(
                new RateLimitSettings(Map.of(Limit.UPLOAD, new Allowance(perSecond, burst))), time, maxCallers);
    }

    /** The number of permitted calls. */
    private static int permitted(RateLimits limits, String caller, int calls) {
        int taken = 0;
        for (int i = 0; i < calls; i++) {
            try {
                limits.take(Limit.UPLOAD, caller);
                taken++;
            } catch (MatrixException exception) {
                // not permitted
            }
        }
        return taken;
    }

    private static final class MovableTime implements TimeMeter {
        private final AtomicLong nanos = new AtomicLong();

        void advance(Duration duration) {
            nanos.addAndGet(duration.toNanos());
        }

        @Override
        public long currentTimeNanos() {
            return nanos.get();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
