package io.mediakeep.outbound;

/**
 * The way to a server whose address is not the one that the URL names, as the discovery of a homeserver finds it
 * (server-server API, "Resolving server names").
 *
 * @param host a host name or an address, which the guard resolves and checks like any other; IPv6 with or without
 *     brackets
 * @param port 1 to 65535
 * @param certificateName the name or address that the certificate has to be for; it is also what SNI says
 * @param hostHeader the {@code Host} header
 */
public record Route(String host, int port, String certificateName, String hostHeader) {
    private static final int HIGHEST_PORT = 65535;

    /** Refuses a port that is none with {@link IllegalArgumentException}. */
    public Route {
        if (port < 1 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("not a port: " + port);
        }
        HeaderRules.checkValue(hostHeader);
    }
}
