package io.mediakeep.container.servlet;

import io.mediakeep.api.RequestProperties;
import io.mediakeep.container.JerseyApplication;
import io.mediakeep.container.StallDetector;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Passes requests of a servlet container to Jersey. */
public final class ServletHandler extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** A few of the container's threads, of which there are 64 or more. */
    private static final int MAX_CLOSES = 4;

    private final transient JerseyApplication application;
    private final transient StallDetector stalls;
    private final transient Semaphore discardedBodies;
    private final transient CloseLimit closes = new CloseLimit(MAX_CLOSES);

    /**
     * A handler whose transfers are monitored.
     *
     * @param maxDiscardedBodies how many bodies of rejected requests may be read concurrently
     */
    public ServletHandler(JerseyApplication application, StallDetector stalls, int maxDiscardedBodies) {
        this.application = application;
        this.stalls = stalls;
        this.discardedBodies = new Semaphore(maxDiscardedBodies);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ServletExchange exchange = new ServletExchange(request, response);
        exchange.throwIfAborted();
        ServletBody body = new ServletBody(exchange, stalls);
        ServletResponseWriter writer = new ServletResponseWriter(exchange, body, stalls, discardedBodies, closes);
        if (request.getAttribute(RequestProperties.HIDES_TRUNCATION) != null) {
            writer.properties().setProperty(RequestProperties.HIDES_TRUNCATION, true);
        }
        application.handle(head(request), body, writer);
        exchange.throwIfAborted();
    }

    private static JerseyApplication.Head head(HttpServletRequest request) {
        Map<String, List<String>> headers = new HashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name, Collections.list(request.getHeaders(name)));
        }
        @Nullable String query = request.getQueryString();
        String path = request.getRequestURI().substring(request.getContextPath().length());
        return new JerseyApplication.Head(
                request.getMethod(),
                (String) request.getAttribute(RequestProperties.TARGET),
                query == null ? path : path + "?" + query,
                request.getProtocol(),
                headers,
                (String) request.getAttribute(RequestProperties.CLIENT_ADDRESS),
                (String) request.getAttribute(RequestProperties.ID));
    }
}
