package io.mediakeep.api.admin;

import io.mediakeep.admin.Audit;
import io.mediakeep.api.RequestProperties;
import io.mediakeep.jobs.Job;
import io.mediakeep.jobs.JobKind;
import io.mediakeep.jobs.Jobs;
import io.mediakeep.matrix.UserId;
import jakarta.json.JsonObject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;

/** Starts jobs on behalf of administrators, and records that. */
public final class JobStart {
    private final Jobs jobs;
    private final Audit audit;

    /** Starts these jobs. */
    public JobStart(Jobs jobs, Audit audit) {
        this.jobs = jobs;
        this.audit = audit;
    }

    /** 202: the job was started. */
    Response of(JobKind kind, JsonObject parameters, ContainerRequestContext request) {
        UserId administrator = RequestProperties.requiredRequester(request).user();
        Job job = jobs.start(kind, parameters.toString(), Optional.of(administrator));
        audit.record(
                administrator,
                "start job",
                Map.of("job", String.valueOf(job.id()), "kind", kind.name(), "parameters", parameters.toString()),
                Map.of());
        return JobJson.accepted(job);
    }

    /** 202: the job was started, unless one of its kind has not ended: then that one. */
    Response ofOnly(JobKind kind, JsonObject parameters, ContainerRequestContext request) {
        return jobs.unfinished(kind).map(JobJson::accepted).orElseGet(() -> of(kind, parameters, request));
    }
}
