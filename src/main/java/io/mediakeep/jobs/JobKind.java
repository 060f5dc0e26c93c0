package io.mediakeep.jobs;

import java.io.IOException;
import java.util.OptionalLong;

/**
 * A kind of job: the work itself, in batches. A batch that was interrupted is repeated from the position before it, maybe on
 * another node.
 */
public interface JobKind {

    /** Its name in the table and in the API; at most 64 characters. It must not change while there are such jobs. */
    String name();

    /** How many items a job has, counted before its first batch; empty when counting would cost too much. */
    OptionalLong total(Job job) throws IOException;

    /**
     * Processes the batch that begins at the job's position, in about a second at most, since cancelling and stopping wait
     * for it. Its progress is recorded by {@link JobLeaseCatalog#progressOf} in the transaction that makes its changes.
     *
     * @return whether there may be more
     * @throws IOException or {@link RuntimeException}: the job fails, unless the database is not available
     */
    boolean step(Job job) throws IOException;
}
