package io.mediakeep.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.testing.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CachedThreadPoolTest {
    private static final int MAX = 10;

    private final CachedThreadPool pool = new CachedThreadPool("pool", MAX, Duration.ofSeconds(30));
    private final Set<Thread> used = ConcurrentHashMap.newKeySet();
    private final CountDownLatch open = new CountDownLatch(1);

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    @Test
    void startsAsManyThreadsAsTasksRunConcurrently() throws Exception {
        CountDownLatch running = new CountDownLatch(MAX);
        CountDownLatch done = new CountDownLatch(5 * MAX);
        for (int i = 0; i < 5 * MAX; i++) {
            pool.execute(() -> {
                use(running);
                done.countDown();
            });
        }
        running.await();
        open.countDown();
        done.await();
        assertThat(used).hasSize(MAX);
    }

    @Test
    void theMostRecentlyIdleThreadIsUsedNext() throws Exception {
        CountDownLatch running = new CountDownLatch(MAX);
        for (int i = 0; i < MAX; i++) {
            pool.execute(() -> use(running));
        }
        running.await();
        open.countDown();
        Eventually.holds(() -> assertThat(used).extracting(Thread::getState).containsOnly(Thread.State.TIMED_WAITING));
        Set<Thread> usedNext = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < 20; i++) {
            pool.submit(() -> usedNext.add(Thread.currentThread())).get();
            Eventually.holds(
                    () -> assertThat(used).extracting(Thread::getState).containsOnly(Thread.State.TIMED_WAITING));
        }
        assertThat(usedNext).hasSize(1);
    }

    @Test
    void idleThreadsEndAfterTheKeepAliveTime() throws Exception {
        CachedThreadPool expiring = new CachedThreadPool("impatient", MAX, Duration.ofMillis(1));
        CountDownLatch running = new CountDownLatch(MAX);
        for (int i = 0; i < MAX; i++) {
            expiring.execute(() -> use(running));
        }
        running.await();
        open.countDown();
        Eventually.holds(() -> assertThat(used).noneMatch(Thread::isAlive));
        assertThat(expiring.submit(() -> "a thread was started again").get()).isNotNull();
        expiring.shutdown();
    }

    @Test
    void aFailingTaskEndsNoThread() throws Exception {
        Set<Throwable> failures = ConcurrentHashMap.newKeySet();
        pool.execute(() -> {
            used.add(Thread.currentThread());
            Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> failures.add(failure));
            throw new IllegalStateException("fails");
        });
        Eventually.holds(() -> assertThat(used).extracting(Thread::getState).containsOnly(Thread.State.TIMED_WAITING));
        assertThat(failures).extracting(Throwable::getMessage).containsExactly("fails");
    }

    @Test
    void shutdownRunsSubmittedTasks() throws Exception {
        List<Future<Boolean>> tasks = new ArrayList<>();
        for (int i = 0; i < 5 * MAX; i++) {
            tasks.add(pool.submit(() -> used.add(Thread.currentThread())));
        }
        pool.shutdown();
        assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(tasks).allMatch(Future::isDone);
        assertThatThrownBy(() -> pool.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void shutdownNowInterruptsRunningTasksAndReturnsQueuedOnes() throws Exception {
        CountDownLatch running = new CountDownLatch(MAX);
        for (int i = 0; i < MAX; i++) {
            pool.execute(() -> use(running));
        }
        running.await();
        Runnable waiting = () -> {};
        pool.execute(waiting);
        assertThat(pool.shutdownNow()).containsExactly(waiting);
        assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    private void use(CountDownLatch running) {
        used.add(Thread.currentThread());
        running.countDown();
        try {
            open.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
