package io.mediakeep.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GroupCommitTest {
    private static final int WAITERS = 4, FAILS = 2;

    private final AtomicInteger forces = new AtomicInteger();
    private final CountDownLatch firstMayEnd = new CountDownLatch(1);
    private final GroupCommit force = new GroupCommit(this::force);

    /** The first force waits, the second fails. */
    private void force() {
        int number = forces.incrementAndGet();
        try {
            firstMayEnd.await();
        } catch (InterruptedException failure) {
            throw new AssertionError(failure);
        }
        if (number == FAILS) {
            throw new IllegalArgumentException("disk full");
        }
    }

    private void commitAndForce() {
        force.forceCommitted(force.failures());
    }

    @Test
    void aFailedForceFailsItsWaitersAndTheNextOneSucceeds() throws Exception {
        FutureTask<?> first = new FutureTask<>(this::commitAndForce, true);
        new Thread(first).start();
        List<FutureTask<?>> waiters = waitersBehindTheFirst();
        firstMayEnd.countDown();
        first.get();
        for (FutureTask<?> waiter : waiters) {
            assertThatThrownBy(waiter::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseMessage("disk full");
        }
        assertThat(forces).hasValue(FAILS);
        commitAndForce();
        assertThat(forces).hasValue(FAILS + 1);
    }

    private List<FutureTask<?>> waitersBehindTheFirst() {
        while (forces.get() == 0) {
            Thread.onSpinWait();
        }
        List<FutureTask<?>> waiters = new ArrayList<>();
        for (int count = 0; count < WAITERS; count++) {
            FutureTask<?> waiter = new FutureTask<>(this::commitAndForce, true);
            Thread thread = new Thread(waiter);
            thread.start();
            while (thread.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            waiters.add(waiter);
        }
        return waiters;
    }

    @Test
    void aFailedForceHasACause() {
        firstMayEnd.countDown();
        commitAndForce();
        assertThatIllegalStateException()
                .isThrownBy(this::commitAndForce)
                .withRootCauseInstanceOf(IllegalArgumentException.class);
    }

    /** The database may have been reopened without it. */
    @Test
    void aForceDoesNotCoverCommitsBeforeAFailedOne() {
        firstMayEnd.countDown();
        commitAndForce();
        int before = force.failures();
        assertThatIllegalStateException().isThrownBy(this::commitAndForce);
        assertThatIllegalStateException().isThrownBy(() -> force.forceCommitted(before));
        assertThat(forces).hasValue(FAILS + 1);
        commitAndForce();
    }
}
