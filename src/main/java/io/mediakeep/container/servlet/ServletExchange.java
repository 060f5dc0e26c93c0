package io.mediakeep.container.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A request, its response, and their asynchronous processing once that has begun. Safe for concurrent use. */
final class ServletExchange {
    private static final String ABORTED = "io.mediakeep.broken";

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private @Nullable AsyncContext async;

    ServletExchange(HttpServletRequest request, HttpServletResponse response) {
        this.request = request;
        this.response = response;
    }

    HttpServletRequest request() {
        return request;
    }

    HttpServletResponse response() {
        return response;
    }

    /** From now on other threads complete the response; each wait has its own limit, so the container needs none. */
    synchronized AsyncContext startAsync() {
        if (async == null) {
            async = request.startAsync(request, response);
            async.setTimeout(0);
        }
        return async;
    }

    /** The response is complete. */
    synchronized void complete() {
        if (async != null) {
            async.complete();
        }
    }

    /**
     * Closes the connection. A container does so only when one of its own threads fails in the request, so the request
     * is dispatched once more for that.
     */
    synchronized void abort() {
        request.setAttribute(ABORTED, true);
        if (async != null) {
            async.dispatch();
        }
    }

    /** Throws in a request that was {@link #abort aborted}. */
    void throwIfAborted() throws IOException {
        if (request.getAttribute(ABORTED) != null) {
            throw new IOException("the response was aborted");
        }
    }
}
