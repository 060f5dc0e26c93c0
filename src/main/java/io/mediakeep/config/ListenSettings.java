package io.mediakeep.config;

/** Where the embedded server listens. Port 0 picks a free one. */
public record ListenSettings(String host, int port) {
    public static final ListenSettings DEFAULTS = new ListenSettings("127.0.0.1", 8008);
    public static final int HIGHEST_PORT = 65_535;

    /** Refuses what is not a port with {@link IllegalArgumentException}. */
    public ListenSettings {
        if (port < 0 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("not a port");
        }
    }
}
