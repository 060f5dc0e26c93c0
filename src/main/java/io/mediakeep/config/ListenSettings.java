package io.mediakeep.config;

/**
 * Where the embedded server listens, and how many connections it accepts.
 *
 * @param port 0 selects a free one
 * @param connections the maximum in total; fewer where the process may not open as many files
 * @param connectionsPerAddress the maximum for one address, except trusted proxies
 */
public record ListenSettings(String host, int port, int connections, int connectionsPerAddress) {
    public static final ListenSettings DEFAULTS = new ListenSettings("127.0.0.1", 8008, 16_384, 1_024);
    public static final int MAX_PORT = 65_535;

    /** Rejects an invalid port with {@link IllegalArgumentException}. */
    public ListenSettings {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("not a port");
        }
    }
}
