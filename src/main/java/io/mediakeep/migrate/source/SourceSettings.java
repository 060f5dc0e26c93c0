package io.mediakeep.migrate.source;

import io.mediakeep.matrix.ServerName;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A media store of another server, from which media is imported.
 *
 * @param serverName the origin of its local media
 * @param database a {@code jdbc:postgresql:} URL, or {@code jdbc:sqlite:} and the path of a file; may contain credentials
 * @param mediaStore the directory of its files
 * @param link whether its files are hard links in the blob store where that is possible, and not copied
 * @param remote whether its copies of other servers' media are imported, too
 */
public record SourceSettings(
        Kind kind, ServerName serverName, String database, Path mediaStore, boolean link, boolean remote) {

    static final String POSTGRESQL = "jdbc:postgresql:";
    static final String SQLITE = "jdbc:sqlite:";

    /** Rejects a database that this kind of server cannot have with {@link IllegalArgumentException}. */
    public SourceSettings {
        requireSupported(database);
        if (kind == Kind.MMR && database.startsWith(SQLITE)) {
            throw new IllegalArgumentException(
                    "must start with jdbc:postgresql:, since matrix-media-repo has no SQLite");
        }
    }

    /** Returns the URL of a database that can be read; rejects others with {@link IllegalArgumentException}. */
    public static String requireSupported(String url) {
        if (!url.startsWith(POSTGRESQL) && !url.startsWith(SQLITE)) {
            throw new IllegalArgumentException("must start with jdbc:postgresql: or jdbc:sqlite:");
        }
        return url;
    }

    /** The kind, the database without credentials, and the directory; the same for the same store. */
    public String label() {
        String url = database.split("[;?]", 2)[0].replaceFirst("//.*@", "//");
        return kind.text() + " " + url + " " + mediaStore;
    }

    @Override
    public String toString() {
        return "SourceSettings[" + label() + "]";
    }

    /** The servers whose media stores can be read. */
    public enum Kind {
        SYNAPSE,
        /** matrix-media-repo. */
        MMR,
        DENDRITE;

        /** The kind with this name in the configuration; rejects others with {@link IllegalArgumentException}. */
        public static Kind of(String text) {
            return Arrays.stream(values())
                    .filter(kind -> kind.text().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(Arrays.stream(values())
                            .map(Kind::text)
                            .collect(Collectors.joining(", ", "must be one of ", ""))));
        }

        /** The name in the configuration. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        SourceLayout layout() {
            return switch (this) {
                case SYNAPSE -> new SynapseLayout();
                case MMR -> new MmrLayout();
                case DENDRITE -> new DendriteLayout();
            };
        }
    }
}
