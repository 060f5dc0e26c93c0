package io.mediakeep.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bucket4j.TimeMeter;
import io.mediakeep.limits.FetchLimits.Fetch;
import io.mediakeep.matrix.MatrixException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    void whoIsInDebtWaitsUntilItIsPaid() {
        fetch(ALICE, 1500);
        refuses(ALICE, Duration.ofMillis(5010));
        nanos.addAndGet(Duration.ofSeconds(5).toNanos());
        refuses(ALICE, Duration.ofMillis(10));
        nanos.addAndGet(Duration.ofMillis(10).toNanos());
        limits.begin(ALICE).end();
    }

    @Test
    void anothersDebtIsNobodyElses() {
        fetch(ALICE, 1_000_000);
        limits.begin(BOB).end();
    }

    @Test
    void whatFailsCostsNothing() {
        for (int failures = 0; failures < 100; failures++) {
            limits.begin(ALICE).end();
        }
        fetch(ALICE, 999);
        limits.begin(ALICE).end();
    }

    @Test
    void onlyAFewAreUnderWayForOne() {
        List<Fetch> underWay = new ArrayList<>();
        for (int count = 0; count < 8; count++) {
            underWay.add(limits.begin(ALICE));
        }
        refuses(ALICE, Duration.ofSeconds(1));
        limits.begin(BOB).end();
        underWay.get(0).end();
        underWay.get(0).end();
        underWay.add(limits.begin(ALICE));
        refuses(ALICE, Duration.ofSeconds(1));
    }

    @Test
    void thereAreOnlySoManyAltogether() {
        for (int caller = 0; caller < 256; caller++) {
            limits.begin("@" + caller + ":example.org");
        }
        assertThatThrownBy(() -> limits.begin(BOB))
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        refusal -> assertThat(refusal.status()).isEqualTo(503));
    }

    private void fetch(String caller, long bytes) {
        Fetch fetch = limits.begin(caller);
        fetch.fetched(bytes);
        fetch.end();
    }

    private void refuses(String caller, Duration wait) {
        assertThatThrownBy(() -> limits.begin(caller)).isInstanceOfSatisfying(MatrixException.class, refusal -> {
            assertThat(refusal.status()).isEqualTo(429);
            assertThat(refusal.retryAfter()).contains(wait);
        });
    }
}
