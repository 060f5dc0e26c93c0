package io.mediakeep.jobs;

import jakarta.persistence.EntityManager;

/** The row in which the progress of one job is recorded. */
@FunctionalInterface
public interface ProgressCatalog {
    /** Records nothing, for work that is no job. */
    ProgressCatalog NONE = (entities, progress) -> {};

    /**
     * Records the progress of a batch within the transaction that makes its changes, as the last thing in it. The
     * transaction must not commit when this throws: the job was cancelled, or another node runs it.
     */
    void record(EntityManager entities, Progress progress);
}
