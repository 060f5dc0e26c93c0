package io.mediakeep.outbound;

/**
 * The route to a server whose address differs from the host in the URL, as the discovery of homeservers returns it
 * (server-server API, "Resolving server names").
 *
 * @param host a host name or an address, which is resolved and checked like any other; IPv6 with or without brackets
 * @param port 1 to 65535
 * @param certificateName the name or address of the certificate, also sent as SNI
 * @param hostHeader the {@code Host} header
 */
public record Route(String host, int port, String certificateName, String hostHeader) {
    private static final int MAX_PORT = 65535;

    /** Rejects an invalid port with {@link IllegalArgumentException}. */
    public Route {
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("not a port: " + port);
        }
        HeaderRules.checkValue(hostHeader);
    }
}
