package io.mediakeep.metrics;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where metrics are served.
 *
 * @param listen absent if they are not
 */
public record MetricsSettings(Optional<Address> listen) {
    public static final MetricsSettings DEFAULTS = new MetricsSettings(Optional.empty());

    private static final Pattern ADDRESS = Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9.-]+)):([0-9]{1,5})");
    private static final int MAX_PORT = 65_535;

    /**
     * An address to listen on.
     *
     * @param host a name or an IP address
     * @param port 0 selects a free one
     */
    public record Address(String host, int port) {}

    /**
     * Parses {@code host:port}, with an IPv6 address in brackets.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Address address(String text) {
        Matcher address = ADDRESS.matcher(text);
        if (!address.matches() || Integer.parseInt(address.group(3)) > MAX_PORT) {
            throw new IllegalArgumentException("must be host:port, as in 127.0.0.1:9100");
        }
        String host = address.group(1) == null ? address.group(2) : address.group(1);
        return new Address(host, Integer.parseInt(address.group(3)));
    }
}
