package io.mediakeep.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.matrix.ErrorCode;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.UserId;
import io.mediakeep.persistence.Database;
import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.persistence.Transactions;
import io.mediakeep.testing.Eventually;
import io.mediakeep.testing.MutableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Jobs of several nodes that share a database. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class JobsContract {
    private static final UserId ADMIN = new UserId("@admin:example.org");
    private static final int NUMBERS = 95;

    @TempDir
    static Path directory;

    private final MutableClock clock = new MutableClock();
    private final List<Jobs> nodes = Collections.synchronizedList(new ArrayList<>());
    private Database database;
    private Transactions transactions;
    private JobCatalog catalog;

    abstract DatabaseSettings settings();

    @BeforeAll
    void open() throws Exception {
        database = Database.open(settings());
        transactions = database.transactions();
        catalog = new JobCatalog(transactions, clock);
        Removal.createTable(transactions);
    }

    @BeforeEach
    void addNumbers() {
        Removal.addNumbers(transactions, NUMBERS);
    }

    @AfterEach
    void removeAll() {
        nodes.forEach(Jobs::close);
        nodes.clear();
        Removal.removeAll(transactions);
        transactions.run(
                entities -> entities.createQuery("delete from JobEntity").executeUpdate());
    }

    @AfterAll
    void close() {
        database.close();
    }

    private JobLeaseCatalog leases() {
        return new JobLeaseCatalog(transactions, clock);
    }

    private Jobs node(Removal... kinds) {
        return node(kinds[0].leases, kinds);
    }

    private Jobs node(JobLeaseCatalog leases, JobKind... kinds) {
        Jobs node = new Jobs(catalog, leases, List.of(kinds), clock);
        nodes.add(node);
        return node;
    }

    private Removal removal() {
        return new Removal(transactions, leases());
    }

    private Job add(String kind) {
        return catalog.add(kind, "{}", Optional.of(ADMIN));
    }

    private static void eventually(ThrowingCallable assertion) {
        try {
            Eventually.holds(assertion);
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    private Job ended(Job job) {
        eventually(() ->
                assertThat(catalog.find(job.id()).orElseThrow().state()).isNotIn(JobState.WAITING, JobState.RUNNING));
        return catalog.find(job.id()).orElseThrow();
    }

    @Test
    void aJobRunsToItsEndInBatches() {
        Removal removal = removal();
        Job started = node(removal).start(removal, "{\"some\":1}", Optional.of(ADMIN));
        Job done = ended(started);
        assertThat(done.state()).isEqualTo(JobState.DONE);
        assertThat(done.done()).isEqualTo(NUMBERS);
        assertThat(done.total()).hasValue(NUMBERS);
        assertThat(done.bytes()).isEqualTo(NUMBERS);
        assertThat(done.parameters()).isEqualTo("{\"some\":1}");
        assertThat(done.administrator()).contains(ADMIN);
        assertThat(Removal.countNumbers(transactions)).isZero();
    }

    @Test
    void anotherNodeContinuesWhereADeadOneWasAndCountsNothingTwice() {
        Removal dead = removal();
        Job job = add(dead.name());
        Job begun = dead.leases.acquire(List.of(dead.name())).orElseThrow();
        dead.step(begun);
        dead.step(begun);
        Removal other = removal();
        assertThat(other.leases.acquire(List.of(other.name()))).isEmpty();
        clock.advance(JobLeaseCatalog.LEASE);
        node(other).runWaiting();
        assertThat(ended(job).done()).isEqualTo(NUMBERS);
        assertThatThrownBy(() -> dead.step(begun)).isInstanceOf(JobLostException.class);
        assertThat(catalog.find(job.id()).orElseThrow().done()).isEqualTo(NUMBERS);
    }

    @Test
    void aNodeThatWasOnlySlowCommitsNothingAfterAnotherHasTakenOver() {
        JobLeaseCatalog fast = leases();
        Removal slow = new Removal(transactions, leases()) {
            @Override
            void beforeRecording(Job job) {
                clock.advance(JobLeaseCatalog.LEASE);
                assertThat(fast.acquire(List.of(name()))).isPresent();
            }
        };
        add(slow.name());
        Job begun = slow.leases.acquire(List.of(slow.name())).orElseThrow();
        assertThatThrownBy(() -> slow.step(begun)).isInstanceOf(JobLostException.class);
        assertThat(Removal.countNumbers(transactions)).isEqualTo(NUMBERS);
    }

    @Test
    void aRenewedLeaseIsNotTakenOver() {
        JobLeaseCatalog holder = leases();
        Job job = add("import");
        holder.acquire(List.of("import"));
        clock.advance(JobLeaseCatalog.LEASE.dividedBy(2));
        holder.renew(job.id());
        clock.advance(JobLeaseCatalog.LEASE.dividedBy(2));
        assertThat(leases().acquire(List.of("import"))).isEmpty();
    }

    @Test
    void aLeaseFromBeforeTheClockWasSetBackIsFree() {
        add("import");
        assertThat(leases().acquire(List.of("import"))).isPresent();
        clock.advance(Duration.ofDays(-400));
        assertThat(leases().acquire(List.of("import"))).isPresent();
    }

    @Test
    void theBatchOfACancelledJobIsNotCommitted() {
        Removal removal = new Removal(transactions, leases()) {
            @Override
            void beforeRecording(Job job) {
                if (job.done() == 2 * BATCH) {
                    catalog.cancel(job.id());
                }
            }
        };
        Jobs node = node(removal);
        Job cancelled = ended(node.start(removal, "{}", Optional.empty()));
        node.close(); // else it may run the next job, too
        assertThat(cancelled.state()).isEqualTo(JobState.CANCELLED);
        assertThat(cancelled.done()).isEqualTo(2 * Removal.BATCH);
        Removal next = removal();
        assertThat(ended(node(next).start(next, "{}", Optional.empty())).done()).isEqualTo(NUMBERS - 2 * Removal.BATCH);
    }

    @Test
    void aFailedJobSaysWhyAndTheNextOneRuns() {
        JobLeaseCatalog leases = leases();
        Removal removal = new Removal(transactions, leases);
        JobKind failing = new Removal(transactions, leases) {
            @Override
            public String name() {
                return "fail";
            }

            @Override
            void beforeRecording(Job job) {
                throw MatrixException.badGateway("The homeserver does not respond");
            }
        };
        Jobs node = node(leases, failing, removal);
        Job failed = node.start(failing, "{}", Optional.empty());
        Job next = node.start(removal, "{}", Optional.empty());
        assertThat(ended(failed).failure()).contains("The homeserver does not respond");
        assertThat(ended(failed).state()).isEqualTo(JobState.FAILED);
        assertThat(ended(next).done()).isEqualTo(NUMBERS);
    }

    @Test
    void aStopLeavesTheJobToAnotherNode() {
        List<Jobs> stopped = new ArrayList<>();
        Removal removal = new Removal(transactions, leases()) {
            @Override
            void beforeRecording(Job job) {
                if (job.done() == BATCH) {
                    new Thread(stopped.get(0)::close).start();
                    eventually(() -> assertThat(stopped.get(0).isStopping()).isTrue());
                }
            }
        };
        stopped.add(node(removal));
        Job job = stopped.get(0).start(removal, "{}", Optional.empty());
        eventually(() -> assertThat(catalog.find(job.id()).orElseThrow().done()).isEqualTo(2 * Removal.BATCH));
        Removal other = removal();
        eventually(() -> assertThat(other.leases.acquire(List.of(other.name()))).isPresent());
    }

    @Test
    void aJobThatEndsItsNodesAgainAndAgainFails() {
        Job job = add("fatal");
        for (int attempt = 0; attempt <= JobLeaseCatalog.MAX_ATTEMPTS; attempt++) {
            leases().acquire(List.of("fatal"));
            clock.advance(JobLeaseCatalog.LEASE);
        }
        assertThat(catalog.find(job.id()).orElseThrow().state()).isEqualTo(JobState.FAILED);
        assertThat(leases().acquire(List.of("fatal"))).isEmpty();
    }

    @Test
    void aNodeTakesOnlyJobsOfItsKinds() {
        add("of-a-later-version");
        assertThat(leases().acquire(List.of("import"))).isEmpty();
    }

    @Test
    void tooManyUnfinishedJobsAreRejected() {
        IntStream.range(0, JobCatalog.MAX_UNFINISHED).forEach(n -> add("import"));
        assertThatThrownBy(() -> add("import"))
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.M_LIMIT_EXCEEDED));
    }

    @Test
    void allErrorsAreCountedAndTheFirstAreStored() {
        JobLeaseCatalog leases = leases();
        Job job = add("import");
        leases.acquire(List.of("import"));
        List<JobError> errors = IntStream.range(0, JobLeaseCatalog.MAX_ERRORS / 2 + 1)
                .mapToObj(n -> new JobError("mxc://example.org/" + n, "it is lost"))
                .toList();
        for (int batch = 0; batch < 2; batch++) {
            transactions.run(
                    entities -> leases.progressOf(job).record(entities, new Progress("", errors.size(), 0, errors)));
        }
        assertThat(catalog.find(job.id()).orElseThrow().errors()).isEqualTo(JobLeaseCatalog.MAX_ERRORS + 2);
        assertThat(catalog.errors(job.id(), JobLeaseCatalog.MAX_ERRORS - 1, 10)).hasSize(1);
        assertThat(catalog.errors(job.id(), 0, 1)).containsExactly(errors.get(0));
        assertThat(catalog.errorReasons(job.id(), 10))
                .containsExactly(Map.entry("it is lost", (long) JobLeaseCatalog.MAX_ERRORS));
    }

    @Test
    void finishedJobsAreListedForThirtyDays() {
        Removal removal = removal();
        Jobs node = node(removal);
        Job finished = ended(node.start(removal, "{}", Optional.empty()));
        Job waiting = add("import");
        assertThat(catalog.before(Long.MAX_VALUE, 10)).extracting(Job::id).containsExactly(waiting.id(), finished.id());
        clock.advance(Jobs.LISTED.plusSeconds(1));
        node.removeFinished();
        assertThat(catalog.before(Long.MAX_VALUE, 10)).extracting(Job::id).containsExactly(waiting.id());
    }

    @Test
    void theTimeLeftFollowsFromTheTimeTaken() {
        JobLeaseCatalog leases = leases();
        Job job = add("import");
        leases.acquire(List.of("import"));
        leases.setTotal(job.id(), 100);
        clock.advance(Duration.ofSeconds(10));
        transactions.run(entities -> leases.progressOf(job).record(entities, new Progress("25", 25, 0, List.of())));
        Job running = catalog.find(job.id()).orElseThrow();
        assertThat(running.total()).isEqualTo(OptionalLong.of(100));
        assertThat(running.remaining()).contains(Duration.ofSeconds(30));
    }
}
