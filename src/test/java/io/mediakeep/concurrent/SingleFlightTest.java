package io.mediakeep.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.Concurrently;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SingleFlightTest {
    private final SingleFlight<String, Integer> flights = new SingleFlight<>();
    private final AtomicInteger flown = new AtomicInteger();

    @Test
    void concurrentCallsShareOneResult() throws Exception {
        CountDownLatch asking = new CountDownLatch(8);
        List<Object> responses = Concurrently.run(8, () -> {
            asking.countDown();
            return flights.get("cat", () -> {
                awaitQuietly(asking);
                return flown.incrementAndGet();
            });
        });
        assertThat(responses)
                .contains(1)
                .allSatisfy(response -> assertThat((Integer) response).isLessThanOrEqualTo(flown.get()));
        assertThat(flown.get()).isLessThan(8);
    }

    @Test
    void resultsAreNotCached() {
        flights.get("cat", flown::incrementAndGet);
        assertThat(flights.get("cat", flown::incrementAndGet)).isEqualTo(2);
    }

    @Test
    void concurrentCallsShareOneFailure() throws Exception {
        CountDownLatch asking = new CountDownLatch(4);
        List<Object> responses = Concurrently.run(4, () -> {
            asking.countDown();
            return flights.get("cat", () -> {
                awaitQuietly(asking);
                throw new IllegalStateException("no cat");
            });
        });
        assertThat(responses).allSatisfy(response -> assertThat(response).isInstanceOf(IllegalStateException.class));
        assertThat(flights.get("cat", flown::incrementAndGet)).isEqualTo(1);
    }

    @Test
    void joiningHoldsNoThread() {
        CompletableFuture<Integer> work = new CompletableFuture<>();
        CompletableFuture<Integer> first = flights.getAsync("cat", () -> work);
        CompletableFuture<Integer> second = flights.getAsync("cat", () -> {
            throw new AssertionError("it flies already");
        });
        assertThat(first).isNotDone();
        assertThat(second).isNotDone();
        work.complete(7);
        assertThat(first).isCompletedWithValue(7);
        assertThat(second).isCompletedWithValue(7);
        assertThat(flights.getAsync("cat", () -> CompletableFuture.completedStage(8)))
                .isCompletedWithValue(8);
    }

    @Test
    void cancellingOneResultDoesNotAffectOthers() {
        CompletableFuture<Integer> work = new CompletableFuture<>();
        CompletableFuture<Integer> first = flights.getAsync("cat", () -> work);
        CompletableFuture<Integer> second = flights.getAsync("cat", () -> work);
        first.cancel(true);
        work.complete(7);
        assertThat(second).isCompletedWithValue(7);
    }

    @Test
    void joiningSharesTheFailure() {
        assertThat(flights.getAsync("cat", () -> {
                    throw new IllegalStateException("no cat");
                }))
                .isCompletedExceptionally();
        assertThat(flights.getAsync("cat", () -> CompletableFuture.completedStage(1)))
                .isCompletedWithValue(1);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
