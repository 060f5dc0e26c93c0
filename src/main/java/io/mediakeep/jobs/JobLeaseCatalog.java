package io.mediakeep.jobs;

import io.mediakeep.persistence.Transactions;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The leases of one node on the jobs that it runs, and the progress that it records. */
public final class JobLeaseCatalog {
    /** So long after a crash of its node a job is continued by another. */
    static final Duration LEASE = Duration.ofSeconds(30);

    /** How often a job is started without any progress before it fails: it may be what ends its nodes. */
    static final int MAX_ATTEMPTS = 10;

    /** How many errors of a job are stored; all are counted. */
    static final int MAX_ERRORS = 10_000;

    private final Transactions transactions;
    private final Clock clock;
    private final String node = UUID.randomUUID().toString();

    /**
     * The leases of a node.
     *
     * @param clock the database's own, which all nodes share
     */
    public JobLeaseCatalog(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Acquires the oldest job of these kinds that waits, or whose node no longer renews its lease, or that is held here. */
    public Optional<Job> acquire(Collection<String> kinds) {
        return transactions.callDurably(entities -> {
            Instant now = clock.instant();
            Optional<JobEntity> free = free(entities, kinds, now);
            if (free.isPresent() && free.get().hold(node, now, LEASE) > MAX_ATTEMPTS) {
                free.get().end(JobState.FAILED, "Its nodes stopped " + MAX_ATTEMPTS + " times in the same batch", now);
            }
            return free.map(JobEntity::toJob);
        });
    }

    /** A lease that ends later than any can was acquired before the clock was set back: it is free. */
    private Optional<JobEntity> free(EntityManager entities, Collection<String> kinds, Instant now) {
        List<JobEntity> rows = entities.createQuery(
                        "select j from JobEntity j where j.state in :states and j.kind in :kinds"
                                + " and (j.heldUntil <= :now or j.heldUntil > :latest or j.holder = :node) order by j.id",
                        JobEntity.class)
                .setParameter("states", JobState.UNFINISHED)
                .setParameter("kinds", kinds)
                .setParameter("now", now.toEpochMilli())
                .setParameter("latest", now.plus(LEASE).toEpochMilli())
                .setParameter("node", node)
                .setMaxResults(1)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList();
        return rows.stream().findFirst();
    }

    /** The job as it is now, if this node still holds it. */
    Optional<Job> held(long id) {
        return transactions.call(entities -> Optional.ofNullable(entities.find(JobEntity.class, id))
                .filter(row -> row.isHeldBy(node))
                .map(JobEntity::toJob));
    }

    /** The row of a job that this node runs. Recording progress renews the lease, too. */
    public ProgressCatalog progressOf(Job job) {
        return (entities, progress) -> {
            JobEntity row = locked(entities, job.id());
            long number = row.toJob().errors();
            row.add(progress, clock.instant(), LEASE);
            for (JobError error : progress.errors()) {
                if (number < MAX_ERRORS) {
                    entities.persist(new JobErrorEntity(job.id(), number++, error));
                }
            }
        };
    }

    private JobEntity locked(EntityManager entities, long id) {
        JobEntity row = entities.find(JobEntity.class, id, LockModeType.PESSIMISTIC_WRITE);
        if (row == null || !row.isHeldBy(node)) {
            throw new JobLostException(id);
        }
        return row;
    }

    /** Sets the number of items of a job. */
    void setTotal(long id, long total) {
        transactions.run(entities -> locked(entities, id).setTotal(total));
    }

    /** Ends a job; returns its last state. */
    Job end(long id, JobState with, @Nullable String reason) {
        return transactions.callDurably(entities -> {
            JobEntity row = locked(entities, id);
            row.end(with, reason, clock.instant());
            return row.toJob();
        });
    }

    /** Renews the lease on a job, if this node holds it. */
    void renew(long id) {
        setHeldUntil(id, clock.instant().plus(LEASE));
    }

    /** Gives up the lease on a job, so that any node continues it. */
    void release(long id) {
        setHeldUntil(id, Instant.EPOCH);
    }

    private void setHeldUntil(long id, Instant time) {
        transactions.run(entities -> entities.createQuery("update JobEntity set heldUntil = :time"
                        + " where id = :id and holder = :node and state in :states")
                .setParameter("time", time.toEpochMilli())
                .setParameter("id", id)
                .setParameter("node", node)
                .setParameter("states", JobState.UNFINISHED)
                .executeUpdate());
    }
}
