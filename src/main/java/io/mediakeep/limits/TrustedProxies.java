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

/** The proxies whose {@code X-Forwarded-For} is trusted, and the client addresses that limits are counted by. */
public final class TrustedProxies {
    private static final int IPV6_PREFIX_BITS = 64;

    /** Literals only: no name is resolved, and no unusual notation is accepted. */
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
     * The address of the client: the peer itself unless it is trusted, else the last address in the headers that is not
     * a trusted proxy.
     *
     * @param forwardedFor the values of all {@code X-Forwarded-For} headers, in their order; bounded by the size of a
     *     request head
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

    /** The key that requests from an address are counted by: an IPv6 /64 network is one caller. */
    public static String limitKey(String address) {
        IPAddress literal = literal(address, ADDRESS);
        if (literal == null) {
            return address;
        }
        return (literal.isIPv4() ? literal : literal.toPrefixBlock(IPV6_PREFIX_BITS)).toNormalizedString();
    }

    /** Whether this is the address of a trusted proxy. */
    public boolean trusted(String address) {
        IPAddress literal = literal(address, ADDRESS);
        return literal != null && networks.stream().anyMatch(network -> network.contains(literal));
    }

    /**
     * A proxy that listens on both families writes IPv4 as IPv6 ({@code ::ffff:192.0.2.1}); both are the same address.
     */
    private static @Nullable IPAddress literal(String text, IPAddressStringParameters allowed) {
        IPAddress address = new IPAddressString(text, allowed).getAddress();
        return address != null && address.isIPv6() && address.toIPv6().isIPv4Mapped()
                ? address.toIPv6().getEmbeddedIPv4Address()
                : address;
    }
}
