package io.mediakeep.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.concurrent.ConcurrencyLimits.Outcome;
import io.mediakeep.testing.Eventually;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FairExecutorTest {
    private static final int MAX = 8;
    private static final int SHARE = 4;
    private static final int SHARE_OF_A_CALLER = 2;

    private final FairExecutor workers = new FairExecutor("workers", MAX, SHARE);
    private final Queue<String> begun = new ConcurrentLinkedQueue<>();
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void stop() {
        end.countDown();
        workers.close();
    }

    @Test
    void aPartyIsLimitedToItsShareWithoutDelayingOthers() throws Exception {
        for (int i = 0; i < 8; i++) {
            assertThat(slow("greedy", "site" + i)).isEqualTo(Outcome.ACQUIRED);
        }
        slow("honest", "site9");
        Eventually.holds(() -> assertThat(begun).containsExactlyInAnyOrder("greedy", "greedy", "honest"));
    }

    @Test
    void aSiteIsLimitedToItsShare() throws Exception {
        for (int i = 0; i < 8; i++) {
            slow("caller" + i, "slow.example");
        }
        slow("honest", "honest.example");
        Eventually.holds(() ->
                assertThat(begun).containsExactlyInAnyOrder("caller0", "caller1", "caller2", "caller3", "honest"));
    }

    @Test
    void aCallerCannotBlockASiteForOthers() throws Exception {
        Stream<Outcome> outcomes = Stream.generate(() -> slow("greedy", "popular.example"));
        assertThat(outcomes.takeWhile(Outcome.ACQUIRED::equals))
                .hasSize(FairExecutor.TASKS_PER_THREAD * SHARE_OF_A_CALLER);
        assertThat(slow("honest", "popular.example")).isEqualTo(Outcome.ACQUIRED);
        Eventually.holds(() -> assertThat(begun).containsExactlyInAnyOrder("greedy", "greedy", "honest"));
    }

    @Test
    void queuedTasksRunWhenTheLimitsPermit() throws Exception {
        for (int i = 0; i < 8; i++) {
            slow("greedy", "site" + i);
        }
        end.countDown();
        Eventually.holds(() -> assertThat(begun).hasSize(8));
    }

    @Test
    void queuedTasksAreBoundedPerPartyAndInTotal() {
        for (int i = 0; i < FairExecutor.TASKS_PER_THREAD * SHARE_OF_A_CALLER; i++) {
            assertThat(slow("greedy", "site" + i)).isEqualTo(Outcome.ACQUIRED);
        }
        assertThat(slow("greedy", "another")).isEqualTo(Outcome.PARTY_LIMIT);
        for (int i = FairExecutor.TASKS_PER_THREAD * SHARE_OF_A_CALLER; i < FairExecutor.TASKS_PER_THREAD * MAX; i++) {
            assertThat(slow("caller" + i, "site" + i)).isEqualTo(Outcome.ACQUIRED);
        }
        assertThat(slow("one more", "another")).isEqualTo(Outcome.TOTAL_LIMIT);
        assertThat(workers.state()).isEqualTo(new PoolState(MAX, MAX, (FairExecutor.TASKS_PER_THREAD - 1) * MAX, 2));
    }

    @Test
    void aFailingTaskReleasesItsPermit() throws Exception {
        for (int i = 0; i < 20; i++) {
            String name = "caller" + i;
            Eventually.holds(() -> assertThat(workers.execute(List.of("failing"), () -> {
                        begun.add(name);
                        throw new IllegalStateException("planted");
                    }))
                    .isEqualTo(Outcome.ACQUIRED));
        }
        Eventually.holds(() -> assertThat(begun).contains("caller19"));
    }

    private Outcome slow(String caller, String site) {
        return workers.execute(ConcurrencyLimits.parties(caller, site), () -> {
            begun.add(caller);
            try {
                end.await();
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
