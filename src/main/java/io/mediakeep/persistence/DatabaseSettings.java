package io.mediakeep.persistence;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The database of the rows: a {@code jdbc:h2:} or {@code jdbc:postgresql:} URL, and the maximum number of connections.
 *
 * @param startTimeout how long a start waits for a database that is not available yet
 */
public record DatabaseSettings(
        String url, Optional<String> username, Optional<String> password, int maxConnections, Duration startTimeout) {

    private static final Pattern H2_FILE = Pattern.compile("jdbc:h2:(?:file:)?(\\.{0,2}[/\\\\][^;]+)(?:;.*)?");

    public static final int DEFAULT_MAX_CONNECTIONS = 10;
    public static final int MIN_CONNECTIONS = 2;
    public static final Duration DEFAULT_START_TIMEOUT = Duration.ofMinutes(1);

    /** {@link IllegalArgumentException} for other databases, H2 servers, and fewer than two connections. */
    public DatabaseSettings {
        requireSupported(url);
        if (maxConnections < MIN_CONNECTIONS) {
            throw new IllegalArgumentException("must be at least " + MIN_CONNECTIONS);
        }
    }

    /** With the default timeout. */
    public DatabaseSettings(String url, Optional<String> username, Optional<String> password, int maxConnections) {
        this(url, username, password, maxConnections, DEFAULT_START_TIMEOUT);
    }

    /** The URL of the embedded database below a directory. */
    public static String embeddedUrl(Path dataDir) {
        return "jdbc:h2:file:" + dataDir.toAbsolutePath().resolve("mediakeep");
    }

    /**
     * Returns the URL of a supported database.
     *
     * @throws IllegalArgumentException for other databases, and for H2 servers, whose files cannot be forced from here
     */
    public static String requireSupported(String url) {
        if (!url.startsWith("jdbc:h2:") && !url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException("must start with jdbc:h2: or jdbc:postgresql:");
        }
        if (url.startsWith("jdbc:h2:tcp:") || url.startsWith("jdbc:h2:ssl:")) {
            throw new IllegalArgumentException("must not be the URL of an H2 server; use an H2 file or PostgreSQL");
        }
        return url;
    }

    /** Whether this is PostgreSQL, which several nodes can share. */
    public boolean postgresql() {
        return url.startsWith("jdbc:postgresql:");
    }

    /** The file of an embedded database; empty for others, and for URLs with a path that H2 does not accept. */
    public Optional<Path> file() {
        Matcher path = H2_FILE.matcher(url);
        return path.matches()
                ? Optional.of(Path.of(path.group(1) + ".mv.db").toAbsolutePath().normalize())
                : Optional.empty();
    }

    /** The URL without parameters and credentials. */
    public String label() {
        return url.split("[;?]", 2)[0].replaceFirst("//.*@", "//");
    }

    @Override
    public String toString() {
        return "DatabaseSettings[" + label() + ", " + maxConnections + " connections]";
    }
}
