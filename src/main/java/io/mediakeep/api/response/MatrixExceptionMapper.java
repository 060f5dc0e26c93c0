package io.mediakeep.api.response;

import io.mediakeep.api.RequestProperties;
import io.mediakeep.matrix.MatrixException;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** Maps errors of the Matrix API to responses. */
public final class MatrixExceptionMapper implements ExceptionMapper<MatrixException> {
    private final Provider<ContainerRequestContext> request;

    /** @param request the request that is processed by the calling thread */
    @Inject
    public MatrixExceptionMapper(Provider<ContainerRequestContext> request) {
        this.request = request;
    }

    @Override
    public Response toResponse(MatrixException exception) {
        return ErrorResponse.of(exception, RequestProperties.id(request.get())).build();
    }
}
