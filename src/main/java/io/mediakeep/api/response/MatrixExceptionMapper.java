package io.mediakeep.api.response;

import io.mediakeep.matrix.MatrixException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** Maps errors of the Matrix API to responses. */
public final class MatrixExceptionMapper implements ExceptionMapper<MatrixException> {
    @Override
    public Response toResponse(MatrixException refusal) {
        return ErrorResponse.of(refusal).build();
    }
}
