package io.mediakeep.outbound;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import java.util.Locale;
import org.apache.hc.client5.http.psl.PublicSuffixMatcher;
import org.apache.hc.client5.http.psl.PublicSuffixMatcherLoader;

/**
 * Whose a host is: the part of its name that somebody registered, so that inventing host names wins nothing. An IPv4
 * address is a site of its own; IPv6 addresses are given away by networks of 64 bits, so each of those is one.
 */
public final class Site {
    private static final int IPV6_SITE = 64;
    private static final PublicSuffixMatcher SUFFIXES = PublicSuffixMatcherLoader.getDefault();

    private Site() {}

    /** The site of a host name or an address, with or without brackets, in lower case. */
    public static String of(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        boolean bracketed = name.startsWith("[") && name.endsWith("]");
        IPAddress address = new IPAddressString(bracketed ? name.substring(1, name.length() - 1) : name).getAddress();
        if (address != null) {
            return (address.isIPv6() ? address.toPrefixBlock(IPV6_SITE) : address).toNormalizedString();
        }
        String root = SUFFIXES.getDomainRoot(name);
        return root == null ? name : root;
    }
}
