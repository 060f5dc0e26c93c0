package io.mediakeep.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.concurrent.PoolState;
import io.mediakeep.testing.Eventually;
import java.util.concurrent.CountDownLatch;
import org.glassfish.grizzly.threadpool.GrizzlyExecutorService;
import org.glassfish.grizzly.threadpool.ThreadPoolConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TaskProbeTest {
    private final TaskProbe probe = new TaskProbe(2);
    private final CountDownLatch end = new CountDownLatch(1);

    @Test
    void runningAndQueuedTasksAreCountedAlsoAfterFailures() throws Exception {
        ThreadPoolConfig config = ThreadPoolConfig.defaultConfig()
                .setCorePoolSize(2)
                .setMaxPoolSize(2)
                .setQueueLimit(-1);
        config.getInitialMonitoringConfig().addProbes(probe);
        GrizzlyExecutorService pool = GrizzlyExecutorService.createInstance(config);
        for (int i = 0; i < 5; i++) {
            pool.execute(this::fail);
        }
        Eventually.holds(() -> assertThat(probe.state()).isEqualTo(new PoolState(2, 2, 3, 0)));
        end.countDown();
        for (int i = 0; i < 100; i++) {
            pool.execute(() -> {});
        }
        Eventually.holds(() -> assertThat(probe.state().queued()).isZero());
        assertThat(probe.state().active()).isLessThanOrEqualTo(2);
        pool.shutdownNow();
        Eventually.holds(() -> assertThat(probe.state()).isEqualTo(new PoolState(0, 2, 0, 0)));
    }

    private void fail() {
        try {
            end.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        throw new IllegalStateException("planted");
    }
}
