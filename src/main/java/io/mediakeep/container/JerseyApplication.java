package io.mediakeep.container;

import io.mediakeep.api.RequestProperties;
import io.mediakeep.api.filter.ConcurrentRequestsFilter;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.internal.ContainerUtils;
import org.glassfish.jersey.server.spi.Container;

/**
 * Runs the Jersey application. Jersey's own adapters for Grizzly and servlets move bodies through blocking streams,
 * with a thread for each; this one passes them to a {@link ResponseWriter} instead.
 */
public final class JerseyApplication implements Container {
    /** No response depends on the name by which a client reaches this server. */
    private static final URI BASE = URI.create("http://localhost/");

    private final ApplicationHandler handler;
    private final List<RequestListener> listeners;
    private final Clock clock;

    /**
     * Runs an application.
     *
     * @param listeners are notified of all requests
     * @param clock of the times in what they are notified of
     * @param bytesOfRequest the heap that a request takes in this container until it is complete; it bounds their
     *     number
     */
    public JerseyApplication(
            ResourceConfig application, List<RequestListener> listeners, Clock clock, int bytesOfRequest) {
        this.listeners = List.copyOf(listeners);
        this.clock = clock;
        this.handler = new ApplicationHandler(application.register(new ConcurrentRequestsFilter(bytesOfRequest)));
        handler.onStartup(this);
    }

    /**
     * The head of a request.
     *
     * @param target path and query as received
     * @param resource the target without the context path
     * @param headers by name, case-insensitively
     * @param protocol as in the request line, such as {@code HTTP/1.1}
     * @param clientAddress the IP address of the client
     * @param id of {@link RequestIds}
     */
    public record Head(
            String method,
            String target,
            String resource,
            String protocol,
            Map<String, List<String>> headers,
            String clientAddress,
            String id) {

        /** The first value of a header, whose name is compared case-insensitively. */
        public Optional<String> header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .flatMap(header -> header.getValue().stream())
                    .findFirst();
        }
    }

    /**
     * Handles a request; the response is written now or later.
     *
     * @throws IllegalArgumentException when the target cannot be part of a URI (RFC 3986)
     */
    public void handle(Head head, RequestBody body, ResponseWriter writer) {
        if (!listeners.isEmpty()) {
            writer.observe(new ObservedRequest(head, body, listeners, clock.instant()));
        }
        ContainerRequest request = new ContainerRequest(
                BASE,
                uri(head.resource()),
                head.method(),
                Unauthenticated.CONTEXT,
                writer.properties(),
                handler.getConfiguration());
        request.setProperty(RequestProperties.CLIENT_ADDRESS, head.clientAddress());
        request.setProperty(RequestProperties.TARGET, head.target());
        LoggedRequest logged = new LoggedRequest(head.id());
        request.setProperty(RequestProperties.ID, head.id());
        request.setProperty(RequestProperties.BODY, logged.logged(body));
        head.headers().forEach(request::headers);
        request.setEntityStream(InputStream.nullInputStream());
        request.setWriter(writer);
        logged.run(() -> handler.handle(request));
    }

    private static URI uri(String target) {
        return URI.create("http://localhost" + ContainerUtils.encodeUnsafeCharacters(target));
    }

    @Override
    public ResourceConfig getConfiguration() {
        return handler.getConfiguration();
    }

    @Override
    public ApplicationHandler getApplicationHandler() {
        return handler;
    }

    @Override
    public void reload() {
        throw new UnsupportedOperationException("the application does not change while it runs");
    }

    @Override
    public void reload(ResourceConfig configuration) {
        reload();
    }
}
