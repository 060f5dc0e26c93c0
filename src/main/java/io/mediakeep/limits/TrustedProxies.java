package io.mediakeep.limits;

import inet.ipaddr.AddressStringParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The proxies whose {@code X-Forwarded-For} is believed, and so the addresses that limits are counted by. */
public final class TrustedProxies {
    private static final int SITE_PREFIX = 64;

    /** Literals only: nothing is ever looked up, and nothing exotic is taken for an address. */
    private static final IPAddressStringParameters NETWORK = new IPAddressStringParameters.Builder()
            .allowEmpty(false)
            .allowAll(false)
            .allowSingleSegment(false)
            .allow_inet_aton(false)
            .allowMask(false)
            .allowPrefixOnly(false)
            .allowWildcardedSeparator(false)
            .setRangeOptions(AddressStringParameters.RangeParameters.NO_RANGE)
            .toParams();

    private static final IPAddressStringParameters ADDRESS =
            NETWORK.toBuilder().allowPrefix(false).toParams();

    private final List<IPAddress> networks;

    /** Trusts these addresses and networks (CIDR). */
    public TrustedProxies(List<String> networks) {
        this.networks = networks.stream()
                .map(network -> literal(network, NETWORK))
                .filter(network -> network != null)
                .map(network -> network.toPrefixBlock())
                .toList();
    }

    /**
     * The address of the client: the peer itself unless it is trusted, else the last one that the trusted proxies
     * name and that is not one of them.
     *
     * @param forwardedFor the values of all {@code X-Forwarded-For} headers, in their order; as many as fit into the
     *     head of a request, which the server bounds
     */
    public String clientAddress(String peer, List<String> forwardedFor) {
        if (forwardedFor.isEmpty() || !trusted(peer)) {
            return peer;
        }
        List<String> hops = new ArrayList<>();
        forwardedFor.forEach(value -> hops.addAll(Arrays.asList(value.split(",", -1))));
        Collections.reverse(hops);
        String nearest = peer;
        for (String hop : hops) {
            IPAddress address = literal(hop.strip(), ADDRESS);
            if (address == null) {
                return nearest;
            }
            nearest = address.toNormalizedString();
            if (!trusted(nearest)) {
                return nearest;
            }
        }
        return nearest;
    }

    /** What requests from an address are counted under: an IPv6 site is one caller, however many addresses it has. */
    public static String countedUnder(String address) {
        IPAddress literal = literal(address, ADDRESS);
        if (literal == null) {
            return address;
        }
        return (literal.isIPv4() ? literal : literal.toPrefixBlock(SITE_PREFIX)).toNormalizedString();
    }

    /** Whether this is the address of a proxy that is trusted. */
    public boolean trusted(String address) {
        IPAddress literal = literal(address, ADDRESS);
        return literal != null && networks.stream().anyMatch(network -> network.contains(literal));
    }

    /** A proxy that listens for both families writes IPv4 as IPv6 ({@code ::ffff:192.0.2.1}); it is the same address. */
    private static @Nullable IPAddress literal(String text, IPAddressStringParameters allowed) {
        IPAddress address = new IPAddressString(text, allowed).getAddress();
        return address != null && address.isIPv6() && address.toIPv6().isIPv4Mapped()
                ? address.toIPv6().getEmbeddedIPv4Address()
                : address;
    }
}
