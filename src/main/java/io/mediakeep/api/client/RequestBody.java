package io.mediakeep.api.client;

import io.mediakeep.api.RequestProperties;
import io.mediakeep.matrix.MatrixException;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.FilterInputStream;
import java.io.IOException;

/** The body of a request. That it cannot be read to its end is its sender's doing: 400, and no fault of ours. */
final class RequestBody extends FilterInputStream {
    private final ContainerRequestContext request;

    RequestBody(ContainerRequestContext request) {
        super(request.getEntityStream());
        this.request = request;
    }

    @Override
    public int read() {
        RequestProperties.askForBody(request);
        try {
            return in.read();
        } catch (IOException brokenOff) {
            throw refusal();
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        RequestProperties.askForBody(request);
        try {
            return in.read(bytes, offset, length);
        } catch (IOException brokenOff) {
            throw refusal();
        }
    }

    private static MatrixException refusal() {
        return MatrixException.badRequest("The body broke off before its end");
    }
}
