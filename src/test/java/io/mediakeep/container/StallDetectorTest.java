package io.mediakeep.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StallDetectorTest {
    @Test
    void timesOutStalledTransfersAndContinuesAfterAFailure() throws InterruptedException {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(1);
        try (StallDetector stalls = new StallDetector()) {
            stalls.add(new Stalled(() -> {
                first.countDown();
                throw new AssertionError("it cannot be ended");
            }));
            assertThat(first.await(30, TimeUnit.SECONDS)).isTrue();
            stalls.add(new Stalled(second::countDown));
            assertThat(second.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(stalls.count()).isZero();
        }
    }

    @Test
    void ignoresTransfersThatDoNotWaitForTheClient() throws InterruptedException {
        CountDownLatch later = new CountDownLatch(1);
        try (StallDetector stalls = new StallDetector()) {
            stalls.add(new Waiting(Transfer.NOT_WAITING));
            stalls.add(new Waiting(System.nanoTime()));
            stalls.add(new Stalled(later::countDown));
            assertThat(later.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(stalls.count()).isEqualTo(2);
        }
    }

    private record Waiting(long waitingSince) implements Transfer {
        @Override
        public void timeOut() {
            throw new AssertionError("it is not stalled");
        }
    }

    private record Stalled(Runnable end) implements Transfer {
        @Override
        public long waitingSince() {
            return System.nanoTime() - Duration.ofHours(1).toNanos();
        }

        @Override
        public void timeOut() {
            end.run();
        }
    }
}
