package io.mediakeep.migrate;

import io.mediakeep.jobs.JobError;
import io.mediakeep.jobs.Progress;
import io.mediakeep.jobs.ProgressCatalog;
import io.mediakeep.media.Adopted;
import java.io.IOException;
import java.util.List;

/** What is done with the media of import sources. */
@FunctionalInterface
interface ImportStep {

    /**
     * Processes a batch; what is known here already is left as it is.
     *
     * @param batch at most {@link Adoption#MAX_BATCH} items
     * @param progress where the progress is recorded, in the transaction that makes the changes
     * @return the errors
     * @throws IOException when something cannot be stored here
     */
    List<JobError> process(List<SourceItem> batch, ProgressCatalog progress, Recorder recorder) throws IOException;

    /** Records the errors of a batch, and what was added, within its transaction. */
    @FunctionalInterface
    interface Recorder {
        /** How progress is recorded once it is known what became of the batch. */
        Progress progress(Adopted adopted, List<JobError> errors);
    }
}
