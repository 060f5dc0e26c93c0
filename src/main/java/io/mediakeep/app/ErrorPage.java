package io.mediakeep.app;

import org.glassfish.grizzly.http.server.ErrorPageGenerator;
import org.glassfish.grizzly.http.server.Request;
import org.jspecify.annotations.Nullable;

/** What the embedded server says when a request never came as far as the API: JSON, and nothing of ours. */
final class ErrorPage implements ErrorPageGenerator {
    @Override
    public String generate(
            Request request,
            int status,
            @Nullable String reason,
            @Nullable String description,
            @Nullable Throwable fault) {
        request.getResponse().setContentType("application/json");
        request.getResponse().setHeader("Access-Control-Allow-Origin", "*");
        return status == 404
                ? "{\"errcode\":\"M_UNRECOGNIZED\",\"error\":\"Unrecognized request\"}"
                : "{\"errcode\":\"M_UNKNOWN\",\"error\":\"The request cannot be answered\"}";
    }
}
