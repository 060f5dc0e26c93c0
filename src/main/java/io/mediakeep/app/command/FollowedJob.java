package io.mediakeep.app.command;

import io.mediakeep.jobs.Job;
import io.mediakeep.jobs.JobError;
import java.io.IOException;
import java.util.List;

/** A job that a command has started, and shows to its end. */
interface FollowedJob extends AutoCloseable {

    /** The job as it is now; to be called every second. */
    Job now() throws IOException;

    /** At most 100 of its errors from a number on, which counts from 0, in order. */
    List<JobError> errors(long from) throws IOException;

    /**
     * The command ends before the job.
     *
     * @return what becomes of the job, as a sentence
     */
    String leave() throws IOException;

    @Override
    void close();
}
