package io.mediakeep.persistence;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the rows are kept: a {@code jdbc:h2:} or {@code jdbc:postgresql:} URL, and how many connections we may hold.
 *
 * @param startTimeout how long a start waits for a database that is not there yet
 */
public record DatabaseSettings(
        String url, Optional<String> username, Optional<String> password, int maxConnections, Duration startTimeout) {

    private static final Pattern H2_FILE = Pattern.compile("jdbc:h2:(?:file:)?(\\.{0,2}[/\\\\][^;]+)(?:;.*)?");

    public static final int DEFAULT_MAX_CONNECTIONS = 10;
    public static final int FEWEST_CONNECTIONS = 2;
    public static final Duration DEFAULT_START_TIMEOUT = Duration.ofMinutes(1);

    /** Refuses other databases, H2 as a server, and fewer than two connections with {@link IllegalArgumentException}. */
    public DatabaseSettings {
        requireSupported(url);
        if (maxConnections < FEWEST_CONNECTIONS) {
            throw new IllegalArgumentException("must be at least " + FEWEST_CONNECTIONS);
        }
    }

    /** Waits at the start for as long as it does by default. */
    public DatabaseSettings(String url, Optional<String> username, Optional<String> password, int maxConnections) {
        this(url, username, password, maxConnections, DEFAULT_START_TIMEOUT);
    }

    /** The embedded database below a folder. */
    public static String embeddedUrl(Path dataDir) {
        return "jdbc:h2:file:" + dataDir.toAbsolutePath().resolve("mediakeep");
    }

    /**
     * Answers the URL if we can keep rows behind it.
     *
     * @throws IllegalArgumentException when it is of another database, or of H2 as a server, whose file is not ours to force
     */
    public static String requireSupported(String url) {
        if (!url.startsWith("jdbc:h2:") && !url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException("must start with jdbc:h2: or jdbc:postgresql:");
        }
        if (url.startsWith("jdbc:h2:tcp:") || url.startsWith("jdbc:h2:ssl:")) {
            throw new IllegalArgumentException("must not be that of an H2 server; PostgreSQL can be one");
        }
        return url;
    }

    /** Whether this is PostgreSQL, which several nodes can share. */
    public boolean postgresql() {
        return url.startsWith("jdbc:postgresql:");
    }

    /** The file of an embedded database; empty for any other, and where the URL does not say a path as H2 requires it. */
    public Optional<Path> file() {
        Matcher path = H2_FILE.matcher(url);
        return path.matches()
                ? Optional.of(Path.of(path.group(1) + ".mv.db").toAbsolutePath().normalize())
                : Optional.empty();
    }

    /** The URL without its parameters, which may hold a password. */
    public String label() {
        return url.split("[;?]", 2)[0].replaceFirst("//.*@", "//");
    }

    @Override
    public String toString() {
        return "DatabaseSettings[" + label() + ", " + maxConnections + " connections]";
    }
}
