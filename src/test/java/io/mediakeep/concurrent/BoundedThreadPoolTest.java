package io.mediakeep.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.testing.Eventually;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BoundedThreadPoolTest {
    private final BoundedThreadPool pool = new BoundedThreadPool("workers", 2, 3);
    private final CountDownLatch end = new CountDownLatch(1);

    @Test
    void runningQueuedAndRejectedTasksAreCounted() throws Exception {
        for (int i = 0; i < 5; i++) {
            pool.execute(this::untilTheEnd);
        }
        assertThatThrownBy(() -> pool.execute(this::untilTheEnd)).isInstanceOf(RejectedExecutionException.class);
        Eventually.holds(() -> assertThat(pool.state()).isEqualTo(new PoolState(2, 2, 3, 1)));
        end.countDown();
        Eventually.holds(() -> assertThat(pool.state()).isEqualTo(new PoolState(0, 2, 0, 1)));
        pool.shutdownNow();
    }

    private void untilTheEnd() {
        try {
            end.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
