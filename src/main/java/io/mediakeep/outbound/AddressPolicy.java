package io.mediakeep.outbound;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.ipv4.IPv4Address;
import inet.ipaddr.ipv6.IPv6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Which addresses connections may be made to: public unicast, except those that the operator denied; and those that the
 * operator allowed. An address that embeds another one (NAT64, 6to4, ISATAP) counts as that one.
 */
public final class AddressPolicy {
    /** Public unicast only. */
    public static final AddressPolicy PUBLIC_ONLY = new AddressPolicy(List.of(), List.of());

    private static final AddressTable TABLE = AddressTable.load();

    private final List<IPAddress> denied;
    private final List<IPAddress> allowed;

    /**
     * Denied and allowed addresses and networks (CIDR); allowed ones take precedence. Rejects anything else with {@link
     * IllegalArgumentException}.
     */
    public AddressPolicy(List<String> denied, List<String> allowed) {
        this.denied = networks(denied);
        this.allowed = networks(allowed);
    }

    /** Whether connections to the address are permitted. */
    public boolean permits(InetAddress address) {
        return denialReason(address).isEmpty();
    }

    /** Why connections to the address are not permitted, for the log; empty when they are. */
    public Optional<String> denialReason(InetAddress address) {
        return denialReason(withoutZone(address));
    }

    private Optional<String> denialReason(IPAddress address) {
        if (contains(allowed, address)) {
            return Optional.empty();
        }
        if (contains(denied, address)) {
            return Optional.of("denied by the operator");
        }
        AddressTable.Row row = TABLE.row(address);
        Optional<IPv4Address> embedded = row.embedded(address).or(() -> isatap(address));
        if (row.permitted() && embedded.isPresent()) {
            return denialReason(embedded.get()).map(why -> why + ", inside an IPv6 address");
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

    /** The address without its zone. */
    private static IPAddress withoutZone(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == IPv4Address.BYTE_COUNT ? new IPv4Address(bytes) : new IPv6Address(bytes);
    }

    private static boolean contains(List<IPAddress> networks, IPAddress address) {
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
