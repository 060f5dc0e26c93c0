package io.mediakeep.integrity;

import io.mediakeep.jobs.Job;
import io.mediakeep.matrix.JsonText;

/** The flags in the parameters of jobs. */
final class JobFlags {
    private JobFlags() {}

    /** Whether a flag is set; it is not when it is absent. */
    static boolean isSet(Job job, String flag) {
        return JsonText.value(job.parameters())
                .map(parameters -> parameters.asJsonObject().getBoolean(flag, false))
                .orElse(false);
    }
}
