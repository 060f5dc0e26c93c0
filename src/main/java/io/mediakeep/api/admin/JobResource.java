package io.mediakeep.api.admin;

import io.mediakeep.admin.Audit;
import io.mediakeep.api.Limited;
import io.mediakeep.api.OffsetPage;
import io.mediakeep.api.PageToken;
import io.mediakeep.api.Parameters;
import io.mediakeep.api.RequestProperties;
import io.mediakeep.api.RequiresAdmin;
import io.mediakeep.api.response.JsonBody;
import io.mediakeep.jobs.Job;
import io.mediakeep.jobs.JobCatalog;
import io.mediakeep.jobs.JobError;
import io.mediakeep.limits.Limit;
import io.mediakeep.matrix.MatrixException;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** {@code /_mediakeep/admin/v1/jobs…}. */
@Path("/_mediakeep/admin/v1/jobs")
@Produces(MediaType.APPLICATION_JSON)
public final class JobResource {
    private static final Pattern ID = Pattern.compile("[0-9]{1,18}");

    private final JobCatalog catalog;
    private final Audit audit;

    /** Shows the jobs of this catalog. */
    public JobResource(JobCatalog catalog, Audit audit) {
        this.catalog = catalog;
        this.audit = audit;
    }

    /** The jobs, the latest first. */
    @GET
    @RequiresAdmin
    @Limited(Limit.ADMIN)
    public byte[] list(@Context UriInfo uri) {
        Parameters parameters = new Parameters(uri);
        int limit = OffsetPage.limit(parameters);
        List<Job> jobs = catalog.before(PageToken.numberIn(parameters, Long.MAX_VALUE), limit);
        JsonArrayBuilder rows = JsonBody.array();
        jobs.forEach(job -> rows.add(JobJson.withErrors(job, catalog)));
        JsonObjectBuilder body = JsonBody.object().add("jobs", rows);
        PageToken.after(jobs, limit, job -> List.of(String.valueOf(job.id())))
                .ifPresent(next -> body.add("next", next));
        return JsonBody.bytes(body);
    }

    /** One job. */
    @GET
    @Path("{id}")
    @RequiresAdmin
    @Limited(Limit.ADMIN)
    public byte[] job(@PathParam("id") String id) {
        Job job = catalog.find(id(id)).orElseThrow(JobResource::unknown);
        return JsonBody.bytes(JsonBody.object().add("job", JobJson.withErrorReasons(job, catalog)));
    }

    /** What a job could not do, the first first. */
    @GET
    @Path("{id}/errors")
    @RequiresAdmin
    @Limited(Limit.ADMIN)
    public byte[] errors(@PathParam("id") String id, @Context UriInfo uri) {
        Job job = catalog.find(id(id)).orElseThrow(JobResource::unknown);
        Parameters parameters = new Parameters(uri);
        int limit = OffsetPage.limit(parameters);
        long from = PageToken.numberIn(parameters, 0);
        List<JobError> errors = catalog.errors(job.id(), from, limit);
        JsonObjectBuilder body =
                JsonBody.object().add("errors", JobJson.errors(errors)).add("total", job.errors());
        PageToken.after(errors, limit, last -> List.of(String.valueOf(from + limit)))
                .ifPresent(next -> body.add("next", next));
        return JsonBody.bytes(body);
    }

    /** Cancels a job; what it has done stays. A finished one stays as it is. */
    @POST
    @Path("{id}/cancel")
    @RequiresAdmin
    @Limited(Limit.ADMIN)
    public Response cancel(@PathParam("id") String id, @Context ContainerRequestContext request) {
        Job job = catalog.cancel(id(id)).orElseThrow(JobResource::unknown);
        audit.record(
                RequestProperties.requiredRequester(request).user(),
                "cancel job",
                Map.of("job", String.valueOf(job.id())),
                Map.of("done", job.done()));
        return JobJson.accepted(job);
    }

    private static long id(String id) {
        if (!ID.matcher(id).matches()) {
            throw unknown();
        }
        return Long.parseLong(id);
    }

    private static MatrixException unknown() {
        return MatrixException.notFound();
    }
}
