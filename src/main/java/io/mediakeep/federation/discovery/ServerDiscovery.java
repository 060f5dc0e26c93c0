package io.mediakeep.federation.discovery;

import io.mediakeep.matrix.ServerName;
import io.mediakeep.outbound.OutboundException;
import io.mediakeep.outbound.OutboundException.Kind;
import io.mediakeep.outbound.Route;
import io.mediakeep.outbound.http.OutboundClient;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Resolves server names (Matrix server-server API, "Resolving server names"). */
public final class ServerDiscovery {
    /** The SRV services, the current one before the deprecated one. */
    private static final List<String> SERVICES = List.of("_matrix-fed._tcp.", "_matrix._tcp.");

    private static final Duration INITIAL_BACKOFF = Duration.ofMinutes(1);
    private static final Duration MAX_BACKOFF = Duration.ofHours(1);

    private final WellKnown wellKnown;
    private final DnsResolver dns;
    private final RandomGenerator random;
    private final Backoff<String> failures;

    /** With empty caches. */
    public ServerDiscovery(OutboundClient client, DnsResolver dns, RandomGenerator random, Clock clock) {
        this(new WellKnown(client, clock), dns, random, clock);
    }

    ServerDiscovery(WellKnown wellKnown, DnsResolver dns, RandomGenerator random, Clock clock) {
        this.wellKnown = wellKnown;
        this.dns = dns;
        this.random = random;
        this.failures = new Backoff<>(INITIAL_BACKOFF, MAX_BACKOFF, clock);
    }

    /**
     * The routes to a homeserver, at least one, in the order in which to try them. Takes up to half a minute when
     * servers do not respond.
     *
     * @throws OutboundException of the kind {@link Kind#UNRESOLVED} when there is none
     */
    public List<Route> routes(ServerName server) throws OutboundException {
        HostPort named = HostPort.of(server).orElseThrow(() -> noRoute(server));
        if (named.isFinal()) {
            return List.of(named.route());
        }
        HostPort delegated =
                wellKnown.delegatedBy(named.host()).flatMap(HostPort::of).orElse(named);
        if (delegated.isFinal()) {
            return List.of(delegated.route());
        }
        List<Route> routes = services(delegated)
                .map(targets -> ServiceTarget.inOrder(targets, random).stream()
                        .map(delegated::routeTo)
                        .toList())
                .orElseGet(() -> List.of(delegated.route()));
        if (routes.isEmpty()) {
            throw noRoute(server);
        }
        return routes;
    }

    private Optional<List<ServiceTarget>> services(HostPort host) {
        return SERVICES.stream()
                .map(service -> service(service + host.host()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** DNS failures, as of name servers that do not support underscores, count as no records. */
    private Optional<List<ServiceTarget>> service(String name) {
        if (failures.isDelayed(name)) {
            return Optional.empty();
        }
        try {
            Optional<List<ServiceTarget>> targets = dns.services(name);
            failures.succeeded(name);
            return targets;
        } catch (IOException failure) {
            failures.failed(name);
            return Optional.empty();
        }
    }

    static OutboundException noRoute(ServerName server) {
        return new OutboundException(Kind.UNRESOLVED, "there is no route to " + server);
    }
}
