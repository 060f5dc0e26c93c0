package io.mediakeep.admin.removal;

import io.mediakeep.jobs.Job;
import io.mediakeep.jobs.JobKind;
import io.mediakeep.jobs.JobLeaseCatalog;
import io.mediakeep.matrix.JsonText;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.OptionalLong;
import java.util.function.Function;

/** Removes media as a job. */
public final class RemovalJob implements JobKind {
    private final String name;
    private final boolean counted;
    private final Function<JsonObject, RemovalPlan> planOf;
    private final MediaRemoval removal;
    private final JobLeaseCatalog leases;

    private RemovalJob(
            String name,
            boolean counted,
            Function<JsonObject, RemovalPlan> planOf,
            MediaRemoval removal,
            JobLeaseCatalog leases) {
        this.name = name;
        this.counted = counted;
        this.planOf = planOf;
        this.removal = removal;
        this.leases = leases;
    }

    /** Removes what {@link RemovalParameters} select, which is counted first. */
    public static RemovalJob ofSelection(MediaRemoval removal, JobLeaseCatalog leases) {
        return new RemovalJob(
                "remove-media",
                true,
                parameters -> RemovalParameters.parse(parameters).plan(),
                removal,
                leases);
    }

    /** Removes what is not retained. It is not counted first, which would read everything twice. */
    public static RemovalJob ofRetention(
            RetentionPolicy policy, Clock clock, MediaRemoval removal, JobLeaseCatalog leases) {
        return new RemovalJob(
                "retention",
                false,
                parameters -> policy.plan(clock.instant(), RemovalParameters.isDryRun(parameters)),
                removal,
                leases);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public OptionalLong total(Job job) throws IOException {
        return counted ? OptionalLong.of(removal.count(plan(job))) : OptionalLong.empty();
    }

    @Override
    public boolean step(Job job) throws IOException {
        RemovalPlan plan = plan(job);
        RemovalPosition at = RemovalPosition.parse(job.position());
        if (MediaRemoval.isAtEnd(plan, at)) {
            return false;
        }
        RemovalBatch batch = removal.step(plan, at, leases.progressOf(job));
        return !MediaRemoval.isAtEnd(plan, batch.next());
    }

    private RemovalPlan plan(Job job) throws IOException {
        return planOf.apply(JsonText.object(job.parameters().getBytes(StandardCharsets.UTF_8)));
    }
}
