package io.mediakeep.outbound;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.ipv4.IPv4Address;
import inet.ipaddr.ipv6.IPv6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Which addresses may be talked to: public unicast, less what the operator denied, and in any case what the operator
 * allowed. An address that carries another one inside (NAT64, 6to4, ISATAP) counts as that one.
 */
public final class AddressPolicy {
    /** Nothing but public unicast. */
    public static final AddressPolicy PUBLIC_ONLY = new AddressPolicy(List.of(), List.of());

    private static final AddressTable TABLE = AddressTable.load();

    private final List<IPAddress> denied;
    private final List<IPAddress> allowed;

    /** Addresses and networks (CIDR); the allowed ones are stronger. What is no network is refused. */
    public AddressPolicy(List<String> denied, List<String> allowed) {
        this.denied = networks(denied);
        this.allowed = networks(allowed);
    }

    /** Whether the address may be talked to. */
    public boolean permits(InetAddress address) {
        return objection(address).isEmpty();
    }

    /** Why the address may not be talked to, in words for the log; empty when it may. */
    public Optional<String> objection(InetAddress address) {
        return objection(plain(address));
    }

    private Optional<String> objection(IPAddress address) {
        if (holds(allowed, address)) {
            return Optional.empty();
        }
        if (holds(denied, address)) {
            return Optional.of("denied by the operator");
        }
        AddressTable.Row row = TABLE.row(address);
        Optional<IPv4Address> inside = row.inside(address).or(() -> isatap(address));
        if (row.permitted() && inside.isPresent()) {
            return objection(inside.get()).map(why -> why + ", inside an IPv6 address");
        }
        return row.permitted() ? Optional.empty() : Optional.of(row.what());
    }

    /** The IPv4 address in an ISATAP interface identifier (RFC 5214, section 6.1). */
    private static Optional<IPv4Address> isatap(IPAddress address) {
        if (!address.isIPv6()) {
            return Optional.empty();
        }
        byte[] bytes = address.getBytes();
        boolean isatap = (bytes[8] & ~0x02) == 0 && bytes[9] == 0 && bytes[10] == 0x5E && bytes[11] == (byte) 0xFE;
        return isatap ? Optional.of(address.toIPv6().getEmbeddedIPv4Address()) : Optional.empty();
    }

    /** Without the zone, which says nothing about what the address is. */
    private static IPAddress plain(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == IPv4Address.BYTE_COUNT ? new IPv4Address(bytes) : new IPv6Address(bytes);
    }

    private static boolean holds(List<IPAddress> networks, IPAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    private static List<IPAddress> networks(List<String> networks) {
        return networks.stream().map(AddressPolicy::network).toList();
    }

    private static IPAddress network(String text) {
        IPAddress network = new IPAddressString(text).getAddress();
        if (network == null) {
            throw new IllegalArgumentException("not a network: " + text);
        }
        return network.toPrefixBlock();
    }
}
