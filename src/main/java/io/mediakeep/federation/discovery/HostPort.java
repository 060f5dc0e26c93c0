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
 * A server name that can be connected to: an address, or a host name that is fit for the name service.
 *
 * @param host in lower case; an IPv6 address has no brackets
 * @param address whether the host is an address
 */
public record HostPort(String host, boolean address, OptionalInt port) {
    /** Where a homeserver listens when nothing says otherwise. */
    static final int DEFAULT_PORT = 8448;

    private static final int HIGHEST_PORT = 65535;
    private static final int LONGEST_NAME = 253;
    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern NAME = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*");

    /** 127.1, 0x7f000001 and 0177.0.0.1 are addresses to some resolvers; as server names they are none. */
    private static final Pattern ENDS_IN_A_NUMBER = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0x[0-9a-f]*)");

    /** Empty when nobody can be reached under that name, so that nobody has to be asked about it. */
    public static Optional<HostPort> of(ServerName server) {
        String host = server.host().toLowerCase(Locale.ROOT);
        OptionalInt port = server.port();
        if (port.isPresent() && (port.getAsInt() < 1 || port.getAsInt() > HIGHEST_PORT)) {
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
        return text.length() <= LONGEST_NAME
                && NAME.matcher(text).matches()
                && !ENDS_IN_A_NUMBER.matcher(text).matches();
    }

    private static boolean isIpv6(String text) {
        try {
            // with a colon in it this is a literal or nothing, so nobody is asked
            return text.contains(":") && InetAddress.getByName(text) != null;
        } catch (UnknownHostException noAddress) {
            return false;
        }
    }

    /** Whether it says by itself where to connect. */
    boolean isFinal() {
        return address || port.isPresent();
    }

    /** Straight there, with the port in the {@code Host} header if the name says one. */
    Route route() {
        return new Route(host, port.orElse(DEFAULT_PORT), host, hostHeader());
    }

    /** To where the name service says that this name's service is. */
    Route routeTo(ServiceTarget target) {
        return new Route(target.host(), target.port(), host, hostHeader());
    }

    private String hostHeader() {
        String bracketed = host.contains(":") ? "[" + host + "]" : host;
        return port.isPresent() ? bracketed + ":" + port.getAsInt() : bracketed;
    }
}
