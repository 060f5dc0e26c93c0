package io.mediakeep.admin.removal;

import io.mediakeep.jobs.JobError;
import io.mediakeep.media.RemovedMedia;
import java.util.List;

/**
 * What a batch of a removal has done.
 *
 * @param next where the next batch begins
 * @param errors what was kept because it is not known whether it may be removed
 */
public record RemovalBatch(RemovalPosition next, RemovedMedia removed, List<JobError> errors) {

    /** Copies the list. */
    public RemovalBatch {
        errors = List.copyOf(errors);
    }
}
