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

/** Finds where a homeserver is (Matrix server-server API, "Resolving server names"). */
public final class ServerDiscovery {
    /** The names of the service, the one of today before the one of old. */
    private static final List<String> SERVICES = List.of("_matrix-fed._tcp.", "_matrix._tcp.");

    private static final Duration FIRST_BACK_OFF = Duration.ofMinutes(1);
    private static final Duration LONGEST_BACK_OFF = Duration.ofHours(1);

    private final WellKnown wellKnown;
    private final DnsResolver names;
    private final RandomGenerator random;
    private final Backoff<String> silent;

    /** Nothing is known yet. */
    public ServerDiscovery(OutboundClient client, DnsResolver names, RandomGenerator random, Clock clock) {
        this(new WellKnown(client, clock), names, random, clock);
    }

    public ServerDiscovery(WellKnown wellKnown, DnsResolver names, RandomGenerator random, Clock clock) {
        this.wellKnown = wellKnown;
        this.names = names;
        this.random = random;
        this.silent = new Backoff<>(FIRST_BACK_OFF, LONGEST_BACK_OFF, clock);
    }

    /**
     * The ways to a homeserver, at least one, in the order in which to try them. Takes up to half a minute when others
     * do not answer.
     *
     * @throws OutboundException of the kind {@link Kind#UNRESOLVED} when there is none
     */
    public List<Route> routes(ServerName server) throws OutboundException {
        HostPort named = HostPort.of(server).orElseThrow(() -> none(server));
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
            throw none(server);
        }
        return routes;
    }

    private Optional<List<ServiceTarget>> services(HostPort host) {
        return SERVICES.stream()
                .map(service -> service(service + host.host()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Name servers that do not answer, as some do not when they see an underscore, are taken to know of no service. */
    private Optional<List<ServiceTarget>> service(String name) {
        if (silent.mustWait(name)) {
            return Optional.empty();
        }
        try {
            Optional<List<ServiceTarget>> targets = names.services(name);
            silent.succeeded(name);
            return targets;
        } catch (IOException noAnswer) {
            silent.failed(name);
            return Optional.empty();
        }
    }

    static OutboundException none(ServerName server) {
        return new OutboundException(Kind.UNRESOLVED, "there is no way to " + server);
    }
}
