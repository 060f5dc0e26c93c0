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
 * Other homeservers, each asked where its discovery says that it is; one that cannot be reached is left alone a while.
 */
public final class RemoteServers {
    private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(5);
    private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(15);
    private static final Duration JSON_PATIENCE = Duration.ofSeconds(10);
    private static final long LONGEST_JSON = 64 * 1024;

    /** What says that a server is not there, rather than that it answered badly. */
    private static final Set<Kind> AWAY = Set.of(Kind.UNRESOLVED, Kind.UNREACHABLE, Kind.TLS, Kind.TIMEOUT);

    private final ServerDiscovery discovery;
    private final OutboundClient client;
    private final Backoff<HostPort> away;
    private final PortAttemptLimits ports;

    /** No server is known to be away. */
    public RemoteServers(ServerDiscovery discovery, OutboundClient client, Clock clock) {
        this.discovery = discovery;
        this.client = client;
        this.away = new Backoff<>(FIRST_BACK_OFF, LONGEST_BACK_OFF, clock);
        this.ports = new PortAttemptLimits(clock);
    }

    /**
     * GET. Where the server is in several places, they are tried in turn. The caller closes the answer.
     *
     * @param uri path and query, which are sent as they are
     * @param request the request for a URL, without its way; its deadline is of our own choice, not a client's, who could
     *     have a server left alone by making it short
     * @throws OutboundException when there is no answer, or there was none a moment ago
     */
    public OutboundResponse get(ServerName server, String uri, Function<URI, OutboundRequest.Builder> request)
            throws OutboundException {
        HostPort named = HostPort.of(server).orElseThrow(() -> ServerDiscovery.none(server));
        if (away.mustWait(named)) {
            throw new OutboundException(Kind.UNREACHABLE, server + " could not be reached a moment ago");
        }
        try {
            OutboundResponse answer = firstAnswer(server, uri, request);
            away.succeeded(named);
            return answer;
        } catch (OutboundException failure) {
            if (AWAY.contains(failure.kind())) {
                away.failed(named);
            }
            throw failure;
        }
    }

    private OutboundResponse firstAnswer(ServerName server, String uri, Function<URI, OutboundRequest.Builder> request)
            throws OutboundException {
        Iterator<Route> routes = discovery.routes(server).iterator();
        while (true) {
            Route route = routes.next();
            OutboundRequest asked = request.apply(URI.create("https://" + route.hostHeader() + uri))
                    .via(route)
                    .build();
            try {
                return ask(route, asked);
            } catch (OutboundException failure) {
                if (!AWAY.contains(failure.kind()) || asked.deadline().passed() || !routes.hasNext()) {
                    throw failure;
                }
            }
        }
    }

    private OutboundResponse ask(Route route, OutboundRequest request) throws OutboundException {
        if (!ports.mayAsk(route)) {
            throw new OutboundException(Kind.UNREACHABLE, "too many ports of " + route.host() + " do not answer");
        }
        try {
            OutboundResponse answer = client.get(request);
            ports.answers(route);
            return answer;
        } catch (OutboundException failure) {
            if (AWAY.contains(failure.kind())) {
                ports.fails(route);
            }
            throw failure;
        }
    }

    /**
     * The JSON object with a server's keys, within 10 s and of at most 64 KiB. A redirect is none.
     *
     * @throws IOException when there is none
     */
    public JsonObject json(ServerName server, String uri) throws IOException {
        Deadline deadline = Deadline.in(JSON_PATIENCE);
        try (OutboundResponse answer = get(
                server,
                uri,
                url -> OutboundRequest.to(url, Purpose.KEYS, deadline).atMost(LONGEST_JSON))) {
            if (answer.status() != 200) {
                throw new IOException(server + " answered " + answer.status());
            }
            return JsonText.object(answer.body().readAllBytes());
        }
    }
}
