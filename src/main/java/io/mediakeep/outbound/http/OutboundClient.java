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
 * The HTTP client for requests to other servers. Every URL and every address is checked at each redirect step;
 * connections are made to checked addresses, and no name is resolved a second time.
 *
 * <p>Concurrent requests are bounded for each {@link Purpose}, and in it for each {@link Site}; others wait within
 * their deadlines.
 */
public final class OutboundClient implements AutoCloseable {
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final AddressPolicy policy;
    private final DnsLookups lookups;
    private final Map<Purpose, SiteLimits> limits = new EnumMap<>(Purpose.class);
    private final RequestSender sender;

    /** @throws IOException when the file of trusted certificates cannot be read */
    public OutboundClient(OutboundSettings settings, Resolver resolver) throws IOException {
        this.policy = new AddressPolicy(settings.deniedNetworks(), settings.allowedNetworks());
        this.lookups = new DnsLookups(resolver);
        Arrays.stream(Purpose.values()).forEach(purpose -> limits.put(purpose, new SiteLimits(purpose)));
        this.sender = new RequestSender(HttpClientFactory.create(TrustStore.context(settings.trustedCertificates())));
    }

    /**
     * GET, following redirects as far as the request permits. The response head is received when this returns; the
     * caller closes the response.
     *
     * @throws OutboundException when there is no response
     */
    public OutboundResponse get(OutboundRequest request) throws OutboundException {
        int maxRedirects = request.limits().redirects();
        RedirectStep step = RedirectStep.first(request);
        for (int followed = 0; followed <= maxRedirects; followed++) {
            OutboundResponse response = send(step);
            Optional<String> location = redirect(response);
            if (maxRedirects == 0 || location.isEmpty()) {
                return response;
            }
            response.close();
            step = step.follow(location.get());
        }
        throw new OutboundException(Kind.TOO_MANY_REDIRECTS, "more than " + maxRedirects + " from " + request.uri());
    }

    private static Optional<String> redirect(OutboundResponse response) {
        return REDIRECTS.contains(response.status()) ? response.header("Location") : Optional.empty();
    }

    private OutboundResponse send(RedirectStep step) throws OutboundException {
        if (!step.request().filter().test(step.target().uri())) {
            throw new OutboundException(
                    Kind.DENIED, "denied by a rule: " + step.target().uri());
        }
        SiteLimits purposeLimits =
                Objects.requireNonNull(limits.get(step.request().purpose()));
        Permit permit = purposeLimits.acquire(step.host(), step.request().deadline());
        boolean succeeded = false;
        try {
            OutboundResponse response = sender.send(step, checkedAddresses(step), permit);
            succeeded = true;
            return response;
        } finally {
            if (!succeeded) {
                permit.release();
            }
        }
    }

    private List<InetAddress> checkedAddresses(RedirectStep step) throws OutboundException {
        OutboundRequest request = step.request();
        List<InetAddress> addresses = lookups.addresses(step.host(), request.purpose(), request.deadline());
        for (InetAddress address : addresses) {
            Optional<String> reason = policy.denialReason(address);
            if (reason.isPresent()) {
                throw new OutboundException(
                        Kind.DENIED, step.target().uri() + " is at " + address.getHostAddress() + ": " + reason.get());
            }
        }
        return addresses;
    }

    @Override
    public void close() {
        lookups.close();
        sender.close();
    }
}
