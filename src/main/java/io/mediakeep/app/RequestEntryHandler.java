package io.mediakeep.app;

import io.mediakeep.api.RequestProperties;
import io.mediakeep.app.http.RequestTarget;
import io.mediakeep.container.RequestIds;
import io.mediakeep.limits.TrustedProxies;
import java.util.ArrayList;
import java.util.List;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.http.util.FastHttpDateFormat;
import org.glassfish.grizzly.http.util.Header;
import org.jspecify.annotations.Nullable;

/**
 * Receives all requests of the embedded server: rejects invalid request targets, and determines the id of the request
 * and the address of the client.
 */
final class RequestEntryHandler extends HttpHandler {
    private final HttpHandler jersey;
    private final TrustedProxies proxies;
    private final RequestIds ids;

    RequestEntryHandler(HttpHandler jersey, TrustedProxies proxies, RequestIds ids) {
        this.jersey = jersey;
        this.proxies = proxies;
        this.ids = ids;
    }

    @Override
    public void start() {
        jersey.start();
    }

    @Override
    public void destroy() {
        jersey.destroy();
    }

    @Override
    public void service(Request request, Response response) throws Exception {
        response.setHeader(Header.Date, FastHttpDateFormat.getCurrentDate());
        String id = ids.of(request.getHeader(RequestIds.HEADER));
        response.setHeader(RequestIds.HEADER, id);
        request.setAttribute(RequestProperties.ID, id);
        String path = RequestTarget.escaped(request.getRequest().getRequestURI());
        @Nullable
        String query = request.getQueryString() == null ? null : RequestTarget.escaped(request.getQueryString());
        if (!RequestTarget.isValid(path, query)) {
            response.setHeader(
                    Header.Connection, "close"); // written by this thread, and nothing follows that could block it
            response.sendError(404);
            return;
        }
        request.setAttribute(RequestProperties.TARGET, RequestTarget.of(path, query));
        List<String> forwardedFor = new ArrayList<>();
        request.getHeaders("X-Forwarded-For").forEach(forwardedFor::add);
        request.setAttribute(
                RequestProperties.CLIENT_ADDRESS, proxies.clientAddress(request.getRemoteAddr(), forwardedFor));
        jersey.service(request, response);
    }

    /** Grizzly removes the path parameter of this name: one that no path can contain. */
    @Override
    protected String getSessionCookieName() {
        return " ";
    }

    /** {@code 100 Continue} is sent when the body is read, which may be never. */
    @Override
    protected boolean sendAcknowledgment(Request request, Response response) {
        return true;
    }
}
