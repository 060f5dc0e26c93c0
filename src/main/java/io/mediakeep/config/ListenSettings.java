package io.mediakeep.config;

/**
 * Where the embedded server listens, and for how many.
 *
 * @param port 0 picks a free one
 * @param connections the most at a time; fewer where the process may not open as many files
 * @param connectionsPerAddress the most of one address, proxies that are trusted apart
 */
public record ListenSettings(String host, int port, int connections, int connectionsPerAddress) {
    public static final ListenSettings DEFAULTS = new ListenSettings("127.0.0.1", 8008, 16_384, 1_024);
    public static final int HIGHEST_PORT = 65_535;

    /** Refuses what is not a port with {@link IllegalArgumentException}. */
    public ListenSettings {
        if (port < 0 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("not a port");
        }
    }
}
