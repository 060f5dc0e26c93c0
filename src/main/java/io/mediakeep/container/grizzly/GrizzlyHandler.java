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
 * Passes requests of the embedded server to Jersey. A request that is received before the last response has been sent
 * waits for that: pipelined requests (RFC 9112, section 9.3.2) of a client that reads no responses would fill the
 * memory.
 */
public final class GrizzlyHandler extends HttpHandler {
    private final JerseyApplication application;
    private final StallDetector stalls;

    /** A handler whose transfers are monitored. */
    public GrizzlyHandler(JerseyApplication application, StallDetector stalls) {
        this.application = application;
        this.stalls = stalls;
    }

    @Override
    public void service(Request request, Response response) {
        ConnectionOutput output = new ConnectionOutput(request.getContext().getConnection());
        if (output.isEmpty()) {
            respond(request, response, output);
        } else {
            response.suspend();
            output.whenEmpty(new PendingResponse(output, stalls, () -> respond(request, response, output)));
        }
    }

    private void respond(Request request, Response response, ConnectionOutput output) {
        GrizzlyBody body = new GrizzlyBody(request, response, output, stalls);
        GrizzlyResponseWriter writer = new GrizzlyResponseWriter(response, body, output, stalls);
        if (request.getProtocol() == Protocol.HTTP_1_0) { // has no chunked coding, which marks the end in HTTP/1.1
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
        return new JerseyApplication.Head(
                request.getMethod().getMethodString(),
                target,
                target,
                request.getProtocol().getProtocolString(),
                headers,
                (String) request.getAttribute(RequestProperties.CLIENT_ADDRESS),
                (String) request.getAttribute(RequestProperties.ID));
    }
}
