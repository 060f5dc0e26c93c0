package io.mediakeep.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WorkersTest {
    @Test
    void sequentialTasksNeedFewThreads() throws Exception {
        assumeThat(Workers.virtual())
                .as("virtual threads, which are not pooled")
                .isEmpty();
        Set<Thread> used = ConcurrentHashMap.newKeySet();
        ExecutorService workers = Workers.named("few", 100);
        for (int i = 0; i < 1000; i++) {
            workers.submit(() -> used.add(Thread.currentThread())).get(30, TimeUnit.SECONDS);
        }
        workers.shutdownNow();
        assertThat(used).hasSizeLessThan(10);
    }

    @Test
    void asManyThreadsAsConcurrentTasksAreStarted() throws Exception {
        assumeThat(Workers.virtual())
                .as("virtual threads, which are not pooled")
                .isEmpty();
        ExecutorService workers = Workers.named("many", 20);
        CountDownLatch running = new CountDownLatch(20);
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(100);
        Set<Thread> used = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < 100; i++) {
            workers.execute(() -> {
                used.add(Thread.currentThread());
                running.countDown();
                awaited(goOn);
                done.countDown();
            });
        }
        assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();
        goOn.countDown();
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        workers.shutdownNow();
        assertThat(used).hasSize(20);
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
