package io.mediakeep.api;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what nobody foresaw: the client gets an id, the log the id and the fault. */
public final class UnexpectedExceptionMapper implements ExceptionMapper<Throwable> {
    private static final Logger log = LoggerFactory.getLogger(UnexpectedExceptionMapper.class);

    @Override
    public Response toResponse(Throwable fault) {
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
