package io.mediakeep.federation;

import java.time.Duration;
import java.util.List;

/**
 * Which remote media is fetched.
 *
 * @param enabled whether anything is fetched at all
 * @param maxSize the maximum size of a file, in bytes
 * @param timeout how long another server may send nothing
 * @param allow globs on the server name; none means all
 * @param deny globs on the server name, which take precedence over the allowed ones
 */
public record RemoteSettings(boolean enabled, long maxSize, Duration timeout, List<String> allow, List<String> deny) {
    public static final RemoteSettings DEFAULTS =
            new RemoteSettings(true, 100L * 1024 * 1024, Duration.ofSeconds(60), List.of(), List.of());

    /** Copies the lists; rejects values below 1 with {@link IllegalArgumentException}. */
    public RemoteSettings {
        if (maxSize < 1 || timeout.toMillis() < 1) {
            throw new IllegalArgumentException("invalid limits");
        }
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
    }
}
