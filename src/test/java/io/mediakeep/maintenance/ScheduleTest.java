package io.mediakeep.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.LogCapture;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final Duration OFTEN = Duration.ofMillis(1);

    private final Schedule schedule = new Schedule();

    @AfterEach
    void close() {
        schedule.close();
    }

    @Test
    void slowJobsDoNotDelayOthers() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch slow = new CountDownLatch(9);
        for (int i = 0; i < 9; i++) {
            schedule.every(OFTEN, "slow", () -> {
                slow.countDown();
                goOn.await();
            });
        }
        assertThat(slow.await(1, TimeUnit.MINUTES)).isTrue();
        CountDownLatch runs = new CountDownLatch(3);
        schedule.every(OFTEN, "quick", runs::countDown);
        assertThat(runs.await(1, TimeUnit.MINUTES)).isTrue();
        goOn.countDown();
    }

    @Test
    void aJobContinuesAfterAnyFailureAndLogsItOnce() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        AtomicReference<JobState> third = new AtomicReference<>();
        CountDownLatch recovered = new CountDownLatch(1);
        try (LogCapture log = new LogCapture()) {
            schedule.every(OFTEN, "renew", () -> {
                switch (runs.incrementAndGet()) {
                    case 1 -> throw new IllegalStateException("an exception");
                    case 2 -> throw new StackOverflowError("an error");
                    case 3 -> third.set(schedule.states().get(0));
                    case 5 -> recovered.countDown();
                    default -> {}
                }
            });
            assertThat(recovered.await(1, TimeUnit.MINUTES)).isTrue();
            assertThat(third.get().failures()).isEqualTo(2);
            assertThat(schedule.state("renew").failing()).isFalse();
            assertThat(log.text())
                    .containsOnlyOnce("Maintenance failed and will be retried: renew")
                    .containsOnlyOnce("Maintenance works again after 2 failures: renew")
                    .doesNotContain("an error");
        }
    }

    @Test
    void aJobThatFailsDuringAStopIsNotReported() {
        try (LogCapture log = new LogCapture()) {
            Job job = new Job("renew", () -> {
                throw new IllegalStateException("closed");
            });
            job.close();
            job.run();
            assertThat(job.state().failures()).isEqualTo(1);
            assertThat(log.text()).doesNotContain("renew", "closed");
        }
    }
}
