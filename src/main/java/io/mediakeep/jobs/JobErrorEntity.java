package io.mediakeep.jobs;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The row of one {@link JobError}. */
@Entity
@Table(name = "job_error")
@IdClass(JobErrorEntity.Key.class)
class JobErrorEntity {
    @Id
    @Column(name = "job_id")
    private long jobId;

    /** Counts from 0 within the job. */
    @Id
    private long number;

    private String subject;

    private String reason;

    /** For JPA. */
    protected JobErrorEntity() {}

    JobErrorEntity(long jobId, long number, JobError error) {
        this.jobId = jobId;
        this.number = number;
        this.subject = error.subject();
        this.reason = error.reason();
    }

    JobError toError() {
        return new JobError(subject, reason);
    }

    /** The primary key: the job and the number within it. */
    static final class Key implements Serializable {
        private static final long serialVersionUID = 1L;

        private long jobId;
        private long number;

        /** For JPA. */
        Key() {}

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && jobId == key.jobId && number == key.number;
        }

        @Override
        public int hashCode() {
            return Objects.hash(jobId, number);
        }
    }
}
