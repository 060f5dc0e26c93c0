package io.mediakeep.federation.discovery;

import io.mediakeep.concurrent.Deadline;
import io.mediakeep.matrix.JsonText;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.outbound.OutboundException;
import io.mediakeep.outbound.OutboundException.Kind;
import io.mediakeep.outbound.OutboundRequest;
import io.mediakeep.outbound.Purpose;
import io.mediakeep.outbound.Route;
import io.mediakeep.outbound.http.OutboundClient;
import io.mediakeep.outbound.http.OutboundResponse;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.Set;
import java.util.function.Function;

/**
 * Sends requests to homeservers, by the routes of their discovery; unreachable ones are not requested again for a
 * while.
 */
public final class RemoteServers {
    private static final Duration INITIAL_BACKOFF = Duration.ofSeconds(5);
    private static final Duration MAX_BACKOFF = Duration.ofMinutes(15);
    private static final Duration JSON_TIMEOUT = Duration.ofSeconds(10);
    private static final long MAX_JSON_BYTES = 64 * 1024;

    /** Failures that mean that a server is unreachable, rather than that its response is invalid. */
    private static final Set<Kind> UNREACHABLE = Set.of(Kind.UNRESOLVED, Kind.UNREACHABLE, Kind.TLS, Kind.TIMEOUT);

    private final ServerDiscovery discovery;
    private final OutboundClient client;
    private final Backoff<HostPort> unreachable;
    private final PortAttemptLimits ports;

    /** Without known failures. */
    public RemoteServers(ServerDiscovery discovery, OutboundClient client, Clock clock) {
        this.discovery = discovery;
        this.client = client;
        this.unreachable = new Backoff<>(INITIAL_BACKOFF, MAX_BACKOFF, clock);
        this.ports = new PortAttemptLimits(clock);
    }

    /**
     * GET. Several routes to a server are tried in turn. The caller closes the response.
     *
     * @param uri path and query, sent as they are
     * @param request builds the request for a URL, without its route; its deadline does not depend on a client, since a
     *     short one would make a server count as unreachable
     * @throws OutboundException when there is no response, or there was none a moment ago
     */
    public OutboundResponse get(ServerName server, String uri, Function<URI, OutboundRequest.Builder> request)
            throws OutboundException {
        HostPort named = HostPort.of(server).orElseThrow(() -> ServerDiscovery.noRoute(server));
        if (unreachable.isDelayed(named)) {
            throw new OutboundException(
                    Kind.UNREACHABLE, server + " could not be reached recently, and is not tried again yet");
        }
        try {
            OutboundResponse response = firstResponse(server, uri, request);
            unreachable.succeeded(named);
            return response;
        } catch (OutboundException failure) {
            if (UNREACHABLE.contains(failure.kind())) {
                unreachable.failed(named);
            }
            throw failure;
        }
    }

    private OutboundResponse firstResponse(
            ServerName server, String uri, Function<URI, OutboundRequest.Builder> request) throws OutboundException {
        Iterator<Route> routes = discovery.routes(server).iterator();
        while (true) {
            Route route = routes.next();
            OutboundRequest built = request.apply(URI.create("https://" + route.hostHeader() + uri))
                    .route(route)
                    .build();
            try {
                return send(route, built);
            } catch (OutboundException failure) {
                if (!UNREACHABLE.contains(failure.kind()) || built.deadline().passed() || !routes.hasNext()) {
                    throw failure;
                }
            }
        }
    }

    private OutboundResponse send(Route route, OutboundRequest request) throws OutboundException {
        if (!ports.isPermitted(route)) {
            throw new OutboundException(Kind.UNREACHABLE, "too many ports of " + route.host() + " do not respond");
        }
        try {
            OutboundResponse response = client.get(request);
            ports.recordResponse(route);
            return response;
        } catch (OutboundException failure) {
            if (UNREACHABLE.contains(failure.kind())) {
                ports.recordFailure(route);
            }
            throw failure;
        }
    }

    /**
     * The JSON object with a server's keys, within 10 s and of at most 64 KiB. Redirects are not followed.
     *
     * @throws IOException when there is none
     */
    public JsonObject json(ServerName server, String uri) throws IOException {
        Deadline deadline = Deadline.in(JSON_TIMEOUT);
        try (OutboundResponse response = get(
                server,
                uri,
                url -> OutboundRequest.to(url, Purpose.KEYS, deadline).maxBytes(MAX_JSON_BYTES))) {
            if (response.status() != 200) {
                throw new IOException(server + " responded with status " + response.status());
            }
            return JsonText.object(response.body().readAllBytes());
        }
    }
}
