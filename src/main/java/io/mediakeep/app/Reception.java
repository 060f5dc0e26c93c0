package io.mediakeep.app;

import io.mediakeep.api.RequestProperties;
import io.mediakeep.limits.TrustedProxies;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.http.util.FastHttpDateFormat;
import org.glassfish.grizzly.http.util.Header;
import org.glassfish.grizzly.http.util.HttpStatus;
import org.jspecify.annotations.Nullable;

/** Stands before Jersey in the embedded server: counts, says who the client is, and sends away request lines that are none. */
final class Reception extends HttpHandler {
    private final HttpHandler jersey;
    private final TrustedProxies proxies;
    private final RunningRequests running;

    Reception(HttpHandler jersey, TrustedProxies proxies, RunningRequests running) {
        this.jersey = jersey;
        this.proxies = proxies;
        this.running = running;
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
        running.begins(request);
        response.setHeader(Header.Date, FastHttpDateFormat.getCurrentDate());
        prepare(request.getRequest());
        if (!RequestTarget.isSound(request.getRequest().getRequestURI(), request.getQueryString())) {
            response.sendError(404);
            return;
        }
        request.setAttribute(
                RequestProperties.TARGET,
                RequestTarget.of(request.getRequest().getRequestURI(), request.getQueryString()));
        request.setAttribute(RequestProperties.BREAK_OFF, (Runnable) () -> breakOff(request, response));
        List<String> forwardedFor = new ArrayList<>();
        request.getHeaders("X-Forwarded-For").forEach(forwardedFor::add);
        request.setAttribute(
                RequestProperties.CLIENT_ADDRESS, proxies.clientAddress(request.getRemoteAddr(), forwardedFor));
        jersey.service(request, response);
    }

    /** Jersey makes a URI of host, path and query, which fails for some hosts; we need none. */
    private static void prepare(HttpRequestPacket request) {
        request.getHeaders().setValue(Header.Host).setString("localhost");
        request.setRequestURI(RequestTarget.escaped(request.getRequestURI()));
        @Nullable String query = request.getQueryString();
        if (query != null) {
            request.setQueryString(RequestTarget.escaped(query));
        }
    }

    /** Grizzly cuts the parameter of this name out of paths: one that no path can have. */
    @Override
    protected String getSessionCookieName() {
        return " ";
    }

    /** Nobody is asked for a body before somebody reads it: {@link RequestProperties#CONTINUE}. Other wishes are ignored. */
    @Override
    protected boolean sendAcknowledgment(Request request, Response response) {
        request.setAttribute(RequestProperties.CONTINUE, (Runnable) () -> acknowledge(response));
        return true;
    }

    private static void acknowledge(Response response) {
        try {
            response.setStatus(HttpStatus.CONINTUE_100);
            response.sendAcknowledgement();
        } catch (IOException gone) {
            // whoever reads the body will see it
        }
    }

    /** An answer that has not begun to be sent can still become another. */
    private static void breakOff(Request request, Response response) {
        if (response.isCommitted()) {
            request.getRequest().getConnection().terminateSilently();
        }
    }
}
