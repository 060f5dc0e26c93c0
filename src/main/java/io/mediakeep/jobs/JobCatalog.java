package io.mediakeep.jobs;

import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.UserId;
import io.mediakeep.persistence.Transactions;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The rows of jobs, as administrators see them. */
public final class JobCatalog {
    /** How many jobs may wait or run; more are rejected. */
    static final int MAX_UNFINISHED = 100;

    /** The {@code Retry-After} when there are too many. */
    private static final Duration RETRY = Duration.ofMinutes(1);

    private final Transactions transactions;
    private final Clock clock;

    /**
     * The catalog in a database.
     *
     * @param clock the database's own, which all nodes share
     */
    public JobCatalog(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Adds a waiting job.
     *
     * @throws MatrixException 429 when there are {@value #MAX_UNFINISHED} unfinished ones
     */
    Job add(String kind, String parameters, Optional<UserId> administrator) {
        return transactions.callDurably(entities -> {
            if (unfinished(entities) >= MAX_UNFINISHED) {
                throw MatrixException.limitExceeded("Too many jobs are waiting", RETRY);
            }
            JobEntity row = new JobEntity(kind, parameters, administrator, clock.instant());
            entities.persist(row);
            return row.toJob();
        });
    }

    private static long unfinished(EntityManager entities) {
        return entities.createQuery("select count(*) from JobEntity j where j.state in :states", Long.class)
                .setParameter("states", JobState.UNFINISHED)
                .getSingleResult();
    }

    /** A job, if there is one of this id. */
    public Optional<Job> find(long id) {
        return transactions.call(entities ->
                Optional.ofNullable(entities.find(JobEntity.class, id)).map(JobEntity::toJob));
    }

    /** At most {@code max} jobs whose ids are smaller, the latest first. */
    public List<Job> before(long id, int max) {
        return transactions.call(entities -> entities.createQuery(
                        "select j from JobEntity j where j.id < :id order by j.id desc", JobEntity.class)
                .setParameter("id", id)
                .setMaxResults(max)
                .getResultStream()
                .map(JobEntity::toJob)
                .toList());
    }

    /** The latest job of a kind. */
    public Optional<Job> latest(String kind) {
        return transactions.call(entities -> entities.createQuery(
                        "select j from JobEntity j where j.kind = :kind order by j.id desc", JobEntity.class)
                .setParameter("kind", kind)
                .setMaxResults(1)
                .getResultStream()
                .findFirst()
                .map(JobEntity::toJob));
    }

    /** At most {@code max} errors of a job from a number on, which counts from 0, in order. */
    public List<JobError> errors(long id, long from, int max) {
        return transactions.call(entities -> entities.createQuery(
                        "select e from JobErrorEntity e where e.jobId = :id and e.number >= :from order by e.number",
                        JobErrorEntity.class)
                .setParameter("id", id)
                .setParameter("from", from)
                .setMaxResults(max)
                .getResultStream()
                .map(JobErrorEntity::toError)
                .toList());
    }

    /** The {@code max} most frequent reasons of the stored errors of a job, with their numbers, the most frequent first. */
    public Map<String, Long> errorReasons(long id, int max) {
        return transactions.call(entities -> entities.createQuery(
                        "select e.reason, count(*) from JobErrorEntity e where e.jobId = :id"
                                + " group by e.reason order by count(*) desc, e.reason",
                        Object[].class)
                .setParameter("id", id)
                .setMaxResults(max)
                .getResultStream()
                .collect(
                        Collectors.toMap(row -> (String) row[0], row -> (Long) row[1], Long::sum, LinkedHashMap::new)));
    }

    /**
     * Cancels a job that is not finished: the batch that is running does not commit, and none follows. It waits for a batch
     * that is about to commit.
     *
     * @return the job as it is now; empty when there is none of this id
     */
    public Optional<Job> cancel(long id) {
        return transactions.callDurably(entities -> {
            JobEntity row = entities.find(JobEntity.class, id, LockModeType.PESSIMISTIC_WRITE);
            if (row != null && !row.isFinished()) {
                row.end(JobState.CANCELLED, null, clock.instant());
            }
            return Optional.ofNullable(row).map(JobEntity::toJob);
        });
    }

    /** Removes at most {@code max} finished jobs that were last changed before a time; returns how many. */
    int removeFinished(Instant before, int max) {
        return transactions.call(entities -> {
            List<Long> ids = entities.createQuery(
                            "select j.id from JobEntity j where j.state not in :states and j.updatedAt < :before",
                            Long.class)
                    .setParameter("states", JobState.UNFINISHED)
                    .setParameter("before", before.toEpochMilli())
                    .setMaxResults(max)
                    .getResultList();
            if (!ids.isEmpty()) { // the database deletes the errors by a cascade
                entities.createQuery("delete from JobEntity where id in :ids")
                        .setParameter("ids", ids)
                        .executeUpdate();
            }
            return ids.size();
        });
    }
}
