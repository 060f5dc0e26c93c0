package io.mediakeep.outbound.http;

import io.mediakeep.outbound.AddressPolicy;
import io.mediakeep.outbound.DnsLookups;
import io.mediakeep.outbound.OutboundException;
import io.mediakeep.outbound.OutboundException.Kind;
import io.mediakeep.outbound.OutboundRequest;
import io.mediakeep.outbound.OutboundSettings;
import io.mediakeep.outbound.Purpose;
import io.mediakeep.outbound.RedirectStep;
import io.mediakeep.outbound.Resolver;
import io.mediakeep.outbound.Site;
import io.mediakeep.outbound.SiteLimits;
import io.mediakeep.outbound.SiteLimits.Permit;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The one door to other people's servers. Every URL, and every address behind it, is checked at every step; the
 * connection goes to an address that was checked, and no name is resolved a second time.
 *
 * <p>The requests under way at once are bounded for each {@link Purpose}, and in it for each {@link Site}; more of them wait
 * within their deadlines.
 */
public final class OutboundClient implements AutoCloseable {
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final AddressPolicy policy;
    private final DnsLookups lookups;
    private final Map<Purpose, SiteLimits> places = new EnumMap<>(Purpose.class);
    private final RequestSender connections;

    /** @throws IOException when the file of trusted certificates cannot be read */
    public OutboundClient(OutboundSettings settings, Resolver resolver) throws IOException {
        this.policy = new AddressPolicy(settings.deniedNetworks(), settings.allowedNetworks());
        this.lookups = new DnsLookups(resolver);
        Arrays.stream(Purpose.values()).forEach(purpose -> places.put(purpose, new SiteLimits(purpose)));
        this.connections =
                new RequestSender(HttpClientFactory.create(TrustStore.context(settings.trustedCertificates())));
    }

    /**
     * GET, following redirects as far as the request allows. The answer's head has come when this returns; the caller
     * closes the answer.
     *
     * @throws OutboundException when there is no answer; its kind says why
     */
    public OutboundResponse get(OutboundRequest request) throws OutboundException {
        int most = request.limits().redirects();
        RedirectStep hop = RedirectStep.first(request);
        for (int followed = 0; followed <= most; followed++) {
            OutboundResponse answer = ask(hop);
            Optional<String> location = redirection(answer);
            if (most == 0 || location.isEmpty()) {
                return answer;
            }
            answer.close();
            hop = hop.follow(location.get());
        }
        throw new OutboundException(Kind.TOO_MANY_REDIRECTS, "more than " + most + " from " + request.uri());
    }

    private static Optional<String> redirection(OutboundResponse answer) {
        return REDIRECTS.contains(answer.status()) ? answer.header("Location") : Optional.empty();
    }

    private OutboundResponse ask(RedirectStep hop) throws OutboundException {
        if (!hop.request().rule().test(hop.target().uri())) {
            throw new OutboundException(
                    Kind.DENIED, "denied by a rule: " + hop.target().uri());
        }
        SiteLimits ours = Objects.requireNonNull(places.get(hop.request().purpose()));
        Permit place = ours.take(hop.host(), hop.request().deadline());
        boolean answered = false;
        try {
            OutboundResponse answer = connections.ask(hop, checkedAddresses(hop), place);
            answered = true;
            return answer;
        } finally {
            if (!answered) {
                place.leave();
            }
        }
    }

    private List<InetAddress> checkedAddresses(RedirectStep hop) throws OutboundException {
        OutboundRequest request = hop.request();
        List<InetAddress> addresses = lookups.addresses(hop.host(), request.purpose(), request.deadline());
        for (InetAddress address : addresses) {
            Optional<String> objection = policy.objection(address);
            if (objection.isPresent()) {
                throw new OutboundException(
                        Kind.DENIED,
                        hop.target().uri() + " is at " + address.getHostAddress() + ": " + objection.get());
            }
        }
        return addresses;
    }

    @Override
    public void close() {
        lookups.close();
        connections.close();
    }
}
