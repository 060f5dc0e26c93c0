package io.mediakeep.jobs;

import io.mediakeep.matrix.UserId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The row of one {@link Job}. */
@Entity
@Table(name = "job")
class JobEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private long id;

    private String kind;

    private String parameters;

    private @Nullable String administrator;

    private String state;

    private String position;

    private long done;

    private @Nullable Long total;

    private long bytes;

    private long errors;

    private @Nullable String failure;

    @Column(name = "created_at")
    private long createdAt;

    @Column(name = "started_at")
    private @Nullable Long startedAt;

    @Column(name = "updated_at")
    private long updatedAt;

    private String holder;

    @Column(name = "held_until")
    private long heldUntil;

    private int attempts;

    /** For JPA. */
    protected JobEntity() {}

    JobEntity(String kind, String parameters, Optional<UserId> administrator, Instant now) {
        this.kind = kind;
        this.parameters = parameters;
        this.administrator = administrator.map(UserId::value).orElse(null);
        this.state = JobState.WAITING.text();
        this.position = "";
        this.createdAt = now.toEpochMilli();
        this.updatedAt = this.createdAt;
        this.holder = "";
    }

    /** Starts or continues it; returns how often that was done since it last made progress. */
    int hold(String by, Instant now, Duration lease) {
        if (startedAt == null) {
            startedAt = now.toEpochMilli();
        }
        state = JobState.RUNNING.text();
        holder = by;
        heldUntil = now.plus(lease).toEpochMilli();
        return ++attempts;
    }

    boolean isHeldBy(String node) {
        return state.equals(JobState.RUNNING.text()) && holder.equals(node);
    }

    boolean isFinished() {
        return !JobState.UNFINISHED.contains(state);
    }

    void setTotal(long items) {
        total = items;
    }

    /** Adds the progress of a batch, and renews the lease. */
    void add(Progress progress, Instant now, Duration lease) {
        position = progress.position();
        done += progress.done();
        bytes += progress.bytes();
        errors += progress.errors().size();
        updatedAt = now.toEpochMilli();
        heldUntil = now.plus(lease).toEpochMilli();
        attempts = 0;
    }

    void end(JobState with, @Nullable String reason, Instant now) {
        state = with.text();
        failure = reason;
        updatedAt = now.toEpochMilli();
    }

    Job toJob() {
        return new Job(
                id,
                kind,
                parameters,
                Optional.ofNullable(administrator).map(UserId::new),
                JobState.of(state),
                position,
                done,
                Stream.ofNullable(total).mapToLong(Long::longValue).findFirst(),
                bytes,
                errors,
                Optional.ofNullable(failure),
                Instant.ofEpochMilli(startedAt == null ? createdAt : startedAt),
                Instant.ofEpochMilli(updatedAt));
    }
}
