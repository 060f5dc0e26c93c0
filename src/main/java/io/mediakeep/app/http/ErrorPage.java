package io.mediakeep.app.http;

import io.mediakeep.container.RequestIds;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.server.ErrorPageGenerator;
import org.glassfish.grizzly.http.server.Request;
import org.jspecify.annotations.Nullable;

/** {@link JsonErrorResponse} as Grizzly's error page. */
public final class ErrorPage implements ErrorPageGenerator {
    private final RequestIds ids;

    /** @param ids for requests that do not reach a handler */
    public ErrorPage(RequestIds ids) {
        this.ids = ids;
    }

    @Override
    public String generate(
            Request request,
            int status,
            @Nullable String reason,
            @Nullable String description,
            @Nullable Throwable fault) {
        HttpResponsePacket response = request.getResponse().getResponse();
        JsonErrorResponse.headers(response);
        if (!response.containsHeader(RequestIds.HEADER)) {
            response.setHeader(RequestIds.HEADER, ids.next());
        }
        return ErrorJson.of(status);
    }
}
