package io.mediakeep.api.response;

import io.mediakeep.matrix.MatrixException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Maps Jersey's own exceptions to errors of the Matrix API: no such path, another method, a malformed request. */
public final class WebApplicationExceptionMapper implements ExceptionMapper<WebApplicationException> {
    @Override
    public Response toResponse(WebApplicationException exception) {
        Response jerseys = exception.getResponse();
        Response.ResponseBuilder ours = ErrorResponse.of(matrixException(jerseys.getStatus()));
        @Nullable String allow = jerseys.getHeaderString(HttpHeaders.ALLOW);
        return allow == null
                ? ours.build()
                : ours.header(HttpHeaders.ALLOW, allow).build();
    }

    private static MatrixException matrixException(int status) {
        return switch (status) {
            case 404 -> MatrixException.unrecognized();
            case 405 -> MatrixException.wrongMethod();
            case 415 ->
                MatrixException.unsupportedMediaType("This endpoint does not accept the Content-Type of the body");
            default -> MatrixException.badRequest("The request is malformed");
        };
    }
}
