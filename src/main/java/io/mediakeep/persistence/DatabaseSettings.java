package io.mediakeep.persistence;

import java.util.Optional;

/** Where the rows are kept: a {@code jdbc:h2:} or {@code jdbc:postgresql:} URL, and how many connections we may hold. */
public record DatabaseSettings(String url, Optional<String> username, Optional<String> password, int maxConnections) {

    /** Refuses other databases and fewer than two connections with {@link IllegalArgumentException}. */
    public DatabaseSettings {
        if (!url.startsWith("jdbc:h2:") && !url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException("must start with jdbc:h2: or jdbc:postgresql:");
        }
        if (maxConnections < 2) {
            throw new IllegalArgumentException("must be at least 2");
        }
    }

    /** Whether this is PostgreSQL, which several nodes can share. */
    public boolean postgresql() {
        return url.startsWith("jdbc:postgresql:");
    }

    /** The URL without its parameters, which may hold a password. */
    public String label() {
        return url.split("[;?]", 2)[0].replaceFirst("//[^/@]*@", "//");
    }

    @Override
    public String toString() {
        return "DatabaseSettings[" + label() + ", " + maxConnections + " connections]";
    }
}
