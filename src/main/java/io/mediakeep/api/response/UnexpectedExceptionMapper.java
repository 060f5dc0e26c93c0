package io.mediakeep.api.response;

import io.mediakeep.api.RequestProperties;
import io.mediakeep.storage.StorageFailure;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Maps exceptions that are no {@link MatrixException}. For a failure of disk or database the client receives a {@code
 * Retry-After}, and the cause is logged in one line. Anything else is a bug, whose stack trace is logged. The response
 * and the log name the id of the request.
 */
public final class UnexpectedExceptionMapper implements ExceptionMapper<Throwable> {
    private static final Logger log = LoggerFactory.getLogger(UnexpectedExceptionMapper.class);

    private final Provider<ContainerRequestContext> request;

    /** @param request the request that is processed by the calling thread */
    @Inject
    public UnexpectedExceptionMapper(Provider<ContainerRequestContext> request) {
        this.request = request;
    }

    @Override
    public Response toResponse(Throwable failure) {
        String id = RequestProperties.id(request.get());
        return StorageFailure.of(failure)
                .map(kind -> storageFailed(kind, id, failure))
                .orElseGet(() -> unexpected(id, failure));
    }

    private static Response storageFailed(StorageFailure kind, String id, Throwable failure) {
        if (kind == StorageFailure.DATABASE_UNAVAILABLE) {
            log.debug("Request {} failed while the database is unavailable: {}", id, StorageFailure.reason(failure));
        } else {
            log.warn("A request failed with {}: {} (request {})", kind, StorageFailure.reason(failure), id);
        }
        return ErrorResponse.of(kind.toException(), id).build();
    }

    private static Response unexpected(String id, Throwable failure) {
        log.error("Request {} failed", id, failure);
        byte[] body = JsonBody.bytes(JsonBody.object()
                .add("errcode", "M_UNKNOWN")
                .add("error", "Internal server error; the server's log describes it under the id " + id));
        return Response.serverError()
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(body)
                .build();
    }
}
