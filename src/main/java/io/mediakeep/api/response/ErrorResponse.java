package io.mediakeep.api.response;

import io.mediakeep.matrix.MatrixException;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;

/** The standard error response of the client-server API. */
final class ErrorResponse {
    private static final int INTERNAL_SERVER_ERROR = 500;

    private ErrorResponse() {}

    /** An error that is not the client's (5xx) names the request, so that it is found in the log. */
    static Response.ResponseBuilder of(MatrixException exception, String requestId) {
        return exception.status() < INTERNAL_SERVER_ERROR
                ? of(exception)
                : response(exception, exception.sentence() + " (request " + requestId + ")");
    }

    static Response.ResponseBuilder of(MatrixException exception) {
        return response(exception, exception.sentence());
    }

    private static Response.ResponseBuilder response(MatrixException exception, String sentence) {
        JsonObjectBuilder body =
                JsonBody.object().add("errcode", exception.code().name()).add("error", sentence);
        exception.retryAfter().ifPresent(wait -> body.add("retry_after_ms", wait.toMillis()));
        if (exception.softLogout()) {
            body.add("soft_logout", true);
        }
        Response.ResponseBuilder response = Response.status(exception.status())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(JsonBody.bytes(body));
        exception.retryAfter().ifPresent(wait -> response.header(HttpHeaders.RETRY_AFTER, wholeSeconds(wait)));
        return response;
    }

    private static long wholeSeconds(Duration wait) {
        return wait.plusSeconds(1).minusNanos(1).toSeconds();
    }
}
