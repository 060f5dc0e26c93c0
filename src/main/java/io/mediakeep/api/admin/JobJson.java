package io.mediakeep.api.admin;

import io.mediakeep.api.response.JsonBody;
import io.mediakeep.jobs.Job;
import io.mediakeep.jobs.JobCatalog;
import io.mediakeep.jobs.JobError;
import io.mediakeep.matrix.JsonText;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** Jobs as JSON. */
final class JobJson {
    /** How many errors are shown with a job, and how many reasons. */
    private static final int ERRORS = 10;

    private JobJson() {}

    /** 202: the job was started, or is being cancelled. */
    static Response accepted(Job job) {
        return Response.status(Response.Status.ACCEPTED)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(JsonBody.bytes(JsonBody.object().add("job", json(job, List.of()))))
                .build();
    }

    /** The job with the first of its errors. */
    static JsonObjectBuilder withErrors(Job job, JobCatalog catalog) {
        return json(job, job.errors() == 0 ? List.of() : catalog.errors(job.id(), 0, ERRORS));
    }

    /** The job with the first of its errors, and how often each reason occurs. */
    static JsonObjectBuilder withErrorReasons(Job job, JobCatalog catalog) {
        JsonArrayBuilder reasons = JsonBody.array();
        catalog.errorReasons(job.id(), ERRORS)
                .forEach((reason, count) ->
                        reasons.add(JsonBody.object().add("reason", reason).add("count", count)));
        return withErrors(job, catalog).add("error_reasons", reasons);
    }

    private static JsonObjectBuilder json(Job job, List<JobError> errors) {
        JsonObjectBuilder json = JsonBody.object()
                .add("id", String.valueOf(job.id()))
                .add("kind", job.kind())
                .add("parameters", JsonText.value(job.parameters()).orElse(JsonValue.EMPTY_JSON_OBJECT))
                .add("state", job.state().text())
                .add("done", job.done());
        job.total().ifPresentOrElse(total -> json.add("total", total), () -> json.addNull("total"));
        json.add("bytes", job.bytes())
                .add("started_ts", job.startedAt().toEpochMilli())
                .add("updated_ts", job.updatedAt().toEpochMilli())
                .add("error_count", job.errors())
                .add("errors", errors(errors));
        job.remaining().ifPresent(time -> json.add("seconds_left", time.toSeconds()));
        job.administrator().ifPresent(user -> json.add("administrator", user.value()));
        job.failure().ifPresent(reason -> json.add("failure", reason));
        return json;
    }

    /** Errors as an array. */
    static JsonArrayBuilder errors(List<JobError> errors) {
        JsonArrayBuilder rows = JsonBody.array();
        errors.forEach(error ->
                rows.add(JsonBody.object().add("subject", error.subject()).add("reason", error.reason())));
        return rows;
    }
}
