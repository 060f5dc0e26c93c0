package io.mediakeep.api.admin;

import io.mediakeep.api.Public;
import io.mediakeep.api.response.JsonBody;
import io.mediakeep.health.Health;
import io.mediakeep.health.HealthState;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** {@code GET /_mediakeep/health/live} and {@code /ready}, for load balancers and supervisors. Neither waits for anything. */
@Path("/_mediakeep/health")
public final class HealthResource {
    private final Health health;

    /** Reports this health. */
    public HealthResource(Health health) {
        this.health = health;
    }

    /** 200 for as long as the process responds. */
    @GET
    @Path("live")
    @Public
    public Response live() {
        return response(Response.Status.OK, JsonBody.object().add("ok", true));
    }

    /** 200 when requests should be sent to this node, else 503; with the state of each part. */
    @GET
    @Path("ready")
    @Public
    public Response ready() {
        Health.Report report = health.report();
        JsonObjectBuilder parts = JsonBody.object();
        report.parts().forEach((name, state) -> parts.add(name, json(state)));
        return response(report.ready() ? Response.Status.OK : Response.Status.SERVICE_UNAVAILABLE, parts);
    }

    private static JsonObjectBuilder json(HealthState state) {
        return JsonBody.object()
                .add("ok", state.ok())
                .add("age_ms", state.age().toMillis())
                .add("message", state.message());
    }

    private static Response response(Response.Status status, JsonObjectBuilder body) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(JsonBody.bytes(body))
                .build();
    }
}
