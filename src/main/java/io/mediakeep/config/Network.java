package io.mediakeep.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses and networks in CIDR notation (RFC 4632): {@code 10.0.0.0/8}, {@code ::1}. */
final class Network {
    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final Pattern NETWORK = Pattern.compile("([^/]+)(?:/(0|[1-9][0-9]{0,2}))?");

    private Network() {}

    /** Returns a valid text; rejects others with {@link IllegalArgumentException}. Resolves no names. */
    static String check(String text) {
        Matcher network = NETWORK.matcher(text);
        if (network.matches()) {
            String address = network.group(1);
            int bits = network.group(2) == null ? 0 : Integer.parseInt(network.group(2));
            boolean ipv4 = IPV4.matcher(address).matches();
            if ((ipv4 && bits <= 32) || (bits <= 128 && isIpv6(address))) {
                return text;
            }
        }
        throw new IllegalArgumentException("must be an address or a network, such as ::1 or 10.0.0.0/8");
    }

    private static boolean isIpv6(String address) {
        try {
            // with a colon it can only be a literal, so nothing is resolved
            return IPV6.matcher(address).matches() && InetAddress.getByName(address) != null;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
