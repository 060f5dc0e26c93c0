package io.mediakeep.api;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A body that is sent to its end, or else breaks the connection, so that no client takes a part for the whole; only as
 * long as nothing was sent, its failure becomes the answer. Left to itself, a container would end what is answered later
 * as if it were complete, or never.
 */
public final class WholeBody implements StreamingOutput {
    private final StreamingOutput body;
    private final ContainerRequestContext request;

    /** The body of the answer to a request. */
    public WholeBody(StreamingOutput body, ContainerRequestContext request) {
        this.body = body;
        this.request = request;
    }

    @Override
    public void write(OutputStream out) throws IOException {
        boolean sent = false;
        try {
            body.write(out);
            sent = true;
        } finally {
            if (!sent) {
                RequestProperties.breakOff(request);
            }
        }
    }
}
