package io.mediakeep.api.response;

import io.mediakeep.storage.StorageFailure;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Maps exceptions that are no {@link MatrixException}. For a failure of disk or database the client receives a {@code
 * Retry-After}, and the cause is logged in one line. Anything else is a bug: the client receives an id, and the id and
 * the stack trace are logged.
 */
public final class UnexpectedExceptionMapper implements ExceptionMapper<Throwable> {
    private static final Logger log = LoggerFactory.getLogger(UnexpectedExceptionMapper.class);

    @Override
    public Response toResponse(Throwable failure) {
        return StorageFailure.of(failure)
                .map(kind -> storageFailed(kind, failure))
                .orElseGet(() -> unexpected(failure));
    }

    private static Response storageFailed(StorageFailure kind, Throwable failure) {
        if (kind == StorageFailure.DATABASE_UNAVAILABLE) {
            log.debug("A request failed while the database is unavailable: {}", StorageFailure.reason(failure));
        } else {
            log.warn("A request failed with {}: {}", kind, StorageFailure.reason(failure));
        }
        return ErrorResponse.of(kind.refusal()).build();
    }

    private static Response unexpected(Throwable failure) {
        String id = UUID.randomUUID().toString();
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
