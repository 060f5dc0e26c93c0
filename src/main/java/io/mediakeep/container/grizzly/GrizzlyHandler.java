package io.mediakeep.container.grizzly;

import io.mediakeep.api.RequestProperties;
import io.mediakeep.container.JerseyApplication;
import io.mediakeep.container.StallDetector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.glassfish.grizzly.http.Protocol;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;

/**
 * Has Jersey answer the requests of the embedded server. A request that comes before the answer to the last one has left
 * for the client waits until it has: pipelined requests (RFC 9112, section 9.3.2) whose answers nobody reads would fill
 * the memory.
 */
public final class GrizzlyHandler extends HttpHandler {
    private final JerseyApplication application;
    private final StallDetector stalls;

    /** Handles requests, and has transfers watched. */
    public GrizzlyHandler(JerseyApplication application, StallDetector stalls) {
        this.application = application;
        this.stalls = stalls;
    }

    @Override
    public void service(Request request, Response response) {
        Outlet outlet = new Outlet(request.getContext().getConnection());
        if (outlet.isEmpty()) {
            answer(request, response, outlet);
        } else {
            response.suspend();
            outlet.whenEmpty(new UnsentAnswer(outlet, stalls, () -> answer(request, response, outlet)));
        }
    }

    private void answer(Request request, Response response, Outlet outlet) {
        GrizzlyBody body = new GrizzlyBody(request, response, outlet, stalls);
        GrizzlyResponseWriter writer = new GrizzlyResponseWriter(response, body, outlet, stalls);
        if (request.getProtocol() == Protocol.HTTP_1_0) { // without chunks, which HTTP/1.1 would show the end by
            writer.properties().setProperty(RequestProperties.HIDES_TRUNCATION, true);
        }
        application.handle(head(request), body, writer);
    }

    private static JerseyApplication.Head head(Request request) {
        Map<String, List<String>> headers = new HashMap<>();
        for (String name : request.getHeaderNames()) {
            List<String> values = new ArrayList<>(1);
            request.getHeaders(name).forEach(values::add);
            headers.put(name, values);
        }
        String target = (String) request.getAttribute(RequestProperties.TARGET);
        return new JerseyApplication.Head(request.getMethod().getMethodString(), target, target, headers, (String)
                request.getAttribute(RequestProperties.CLIENT_ADDRESS));
    }
}
