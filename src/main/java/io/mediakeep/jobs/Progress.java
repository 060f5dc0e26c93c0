package io.mediakeep.jobs;

import java.util.List;

/**
 * What one batch of a job has done.
 *
 * @param position where the next batch begins, in the format of the job's kind; at most 2,000 characters
 * @param done how many items the batch has finished
 * @param bytes how many bytes the batch has moved or freed
 * @param errors what it could not do
 */
public record Progress(String position, long done, long bytes, List<JobError> errors) {

    /** Copies the list. */
    public Progress {
        errors = List.copyOf(errors);
    }
}
