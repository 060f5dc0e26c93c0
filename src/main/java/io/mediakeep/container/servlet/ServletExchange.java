package io.mediakeep.container.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A request, its response, and the asynchronous processing of them once it has begun. Safe for concurrent use. */
final class ServletExchange {
    private static final String BROKEN = "io.mediakeep.broken";

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

    /** From now on other threads end the response; each wait has its own limit, so that the container needs none. */
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
     * Breaks the connection. A container does so only when one of its own threads fails in the request, so the request is
     * dispatched once more for that.
     */
    synchronized void abort() {
        request.setAttribute(BROKEN, true);
        if (async != null) {
            async.dispatch();
        }
    }

    /** Fails in a request that was {@link #abort aborted}. */
    void throwIfBroken() throws IOException {
        if (request.getAttribute(BROKEN) != null) {
            throw new IOException("the answer breaks off");
        }
    }
}
