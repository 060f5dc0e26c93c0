package io.mediakeep.api.response;

import io.mediakeep.storage.StorageFailure;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers what nobody refused. When the disk or the database failed, the client hears when to try again, and the log says
 * why in a line. What nobody foresaw is our own mistake: the client gets an id, the log the id and the fault.
 */
public final class UnexpectedExceptionMapper implements ExceptionMapper<Throwable> {
    private static final Logger log = LoggerFactory.getLogger(UnexpectedExceptionMapper.class);

    @Override
    public Response toResponse(Throwable fault) {
        return StorageFailure.of(fault).map(kind -> storageFailed(kind, fault)).orElseGet(() -> unforeseen(fault));
    }

    private static Response storageFailed(StorageFailure kind, Throwable fault) {
        if (kind == StorageFailure.DATABASE_UNAVAILABLE) {
            log.debug("A request failed while the database is away: {}", StorageFailure.reason(fault));
        } else {
            log.warn("A request failed for {}: {}", kind, StorageFailure.reason(fault));
        }
        return ErrorResponse.of(kind.refusal()).build();
    }

    private static Response unforeseen(Throwable fault) {
        String id = UUID.randomUUID().toString();
        log.error("Request {} failed", id, fault);
        byte[] body = JsonBody.bytes(JsonBody.object()
                .add("errcode", "M_UNKNOWN")
                .add("error", "Something went wrong here; the server's log knows it as " + id));
        return Response.serverError()
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(body)
                .build();
    }
}
