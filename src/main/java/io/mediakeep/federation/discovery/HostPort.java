package io.mediakeep.federation.discovery;

import io.mediakeep.matrix.ServerName;
import io.mediakeep.outbound.Route;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * A server name that can be resolved: an address, or a valid host name.
 *
 * @param host in lower case; an IPv6 address has no brackets
 * @param address whether the host is an address
 */
public record HostPort(String host, boolean address, OptionalInt port) {
    /** The default port of homeservers. */
    static final int DEFAULT_PORT = 8448;

    private static final int MAX_PORT = 65535;
    private static final int MAX_NAME_LENGTH = 253;
    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern NAME = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*");

    /** 127.1, 0x7f000001 and 0177.0.0.1 are addresses to some resolvers; they are rejected as server names. */
    private static final Pattern ENDS_IN_A_NUMBER = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0x[0-9a-f]*)");

    /** Empty when the name cannot be resolved. */
    public static Optional<HostPort> of(ServerName server) {
        String host = server.host().toLowerCase(Locale.ROOT);
        OptionalInt port = server.port();
        if (port.isPresent() && (port.getAsInt() < 1 || port.getAsInt() > MAX_PORT)) {
            return Optional.empty();
        }
        if (host.startsWith("[")) {
            String inside = host.substring(1, host.length() - 1);
            return isIpv6(inside) ? Optional.of(new HostPort(inside, true, port)) : Optional.empty();
        }
        boolean ipv4 = IPV4.matcher(host).matches();
        return ipv4 || isName(host) ? Optional.of(new HostPort(host, ipv4, port)) : Optional.empty();
    }

    /** Whether the text, in lower case, is the name of a host. */
    static boolean isName(String text) {
        return text.length() <= MAX_NAME_LENGTH
                && NAME.matcher(text).matches()
                && !ENDS_IN_A_NUMBER.matcher(text).matches();
    }

    private static boolean isIpv6(String text) {
        try {
            // with a colon it can only be a literal, so nothing is resolved
            return text.contains(":") && InetAddress.getByName(text) != null;
        } catch (UnknownHostException noAddress) {
            return false;
        }
    }

    /** Whether it needs no discovery. */
    boolean isFinal() {
        return address || port.isPresent();
    }

    /** The direct route; the {@code Host} header has the port if the name has one. */
    Route route() {
        return new Route(host, port.orElse(DEFAULT_PORT), host, hostHeader());
    }

    /** The route to an SRV target of this name. */
    Route routeTo(ServiceTarget target) {
        return new Route(target.host(), target.port(), host, hostHeader());
    }

    private String hostHeader() {
        String bracketed = host.contains(":") ? "[" + host + "]" : host;
        return port.isPresent() ? bracketed + ":" + port.getAsInt() : bracketed;
    }
}
