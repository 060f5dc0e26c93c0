package io.mediakeep.container.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
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

    /**
     * Whether the container itself has rejected the request and asks for an error page (Servlet 6.0, section 10.9).
     * Tomcat completes such a response when the servlet returns, even if asynchronous processing has begun.
     */
    boolean isErrorDispatch() {
        return request.getDispatcherType() == DispatcherType.ERROR;
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
            throw new AbortedException();
        }
    }

    /** Containers log it as a failure of the servlet; a stack trace would say no more. */
    private static final class AbortedException extends IOException {
        private static final long serialVersionUID = 1L;

        AbortedException() {
            super("the response was aborted, and the connection is closed");
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }
}
