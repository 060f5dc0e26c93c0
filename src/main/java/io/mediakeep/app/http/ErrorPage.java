package io.mediakeep.app.http;

import org.glassfish.grizzly.http.server.ErrorPageGenerator;
import org.glassfish.grizzly.http.server.Request;
import org.jspecify.annotations.Nullable;

/** {@link JsonErrorResponse} as Grizzly's error page. */
public final class ErrorPage implements ErrorPageGenerator {
    @Override
    public String generate(
            Request request,
            int status,
            @Nullable String reason,
            @Nullable String description,
            @Nullable Throwable fault) {
        JsonErrorResponse.headers(request.getResponse().getResponse());
        return ErrorJson.of(status);
    }
}
