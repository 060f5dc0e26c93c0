package io.mediakeep.outbound;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import java.util.Locale;
import org.apache.hc.client5.http.psl.PublicSuffixMatcher;
import org.apache.hc.client5.http.psl.PublicSuffixMatcherLoader;

/**
 * The site of a host: the registrable domain of its name, so that limits per site cannot be evaded by more host names.
 * An IPv4 address is a site of its own; IPv6 addresses are assigned by /64 networks, so each of those is one.
 */
public final class Site {
    private static final int IPV6_PREFIX_BITS = 64;
    private static final PublicSuffixMatcher SUFFIXES = PublicSuffixMatcherLoader.getDefault();

    private Site() {}

    /** The site of a host name or an address, with or without brackets, in lower case. */
    public static String of(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        boolean bracketed = name.startsWith("[") && name.endsWith("]");
        IPAddress address = new IPAddressString(bracketed ? name.substring(1, name.length() - 1) : name).getAddress();
        if (address != null) {
            return (address.isIPv6() ? address.toPrefixBlock(IPV6_PREFIX_BITS) : address).toNormalizedString();
        }
        String root = SUFFIXES.getDomainRoot(name);
        return root == null ? name : root;
    }
}
