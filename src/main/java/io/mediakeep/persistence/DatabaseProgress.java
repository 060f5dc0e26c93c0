package io.mediakeep.persistence;

import io.mediakeep.storage.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The progress of an embedded database, in a small file beside it: the version of MVStore, which grows with each write
 * for the life of the database, and the time. A database behind that file was truncated, or is an older copy.
 */
public final class DatabaseProgress {
    private static final Logger log = LoggerFactory.getLogger(DatabaseProgress.class);
    private static final Pattern LINE = Pattern.compile("(\\d{1,18}) (\\S{1,40})\\n");

    /** The suffix of the file, beside that of the database. */
    public static final String SUFFIX = ".progress";

    private final Transactions transactions;
    private final Path file;
    private final InstantSource clock;
    private long recorded = -1;

    /** Empty where H2 does not report it: in a servlet container its version may be another. */
    private record RecordedProgress(long version, Instant at) {}

    /**
     * The progress of an embedded database.
     *
     * @param database its file
     */
    public DatabaseProgress(Transactions transactions, Path database, InstantSource clock) {
        this.transactions = transactions;
        this.file = database.resolveSibling(database.getFileName() + SUFFIX);
        this.clock = clock;
    }

    /**
     * Checks that the database has not gone back. The check runs after the database was opened, which may write a few
     * versions; a database that is behind by fewer is not detected.
     *
     * @param newest the time of the newest row
     * @param acceptOlder whether an older database is accepted
     * @throws IllegalStateException when it has gone back and that is not accepted
     * @throws IOException when the file cannot be read
     */
    public void verify(Supplier<Optional<Instant>> newest, boolean acceptOlder) throws IOException {
        Optional<RecordedProgress> before = read();
        Optional<Long> now = version();
        if (before.isEmpty() || now.isEmpty() || before.get().version() <= now.get()) {
            if (acceptOlder) {
                log.warn("storage.accept-older-database is not needed any more; remove it from the configuration");
            }
            return;
        }
        String problem = "The database is older than it was: it was at version "
                + before.get().version() + " at "
                + before.get().at() + ", and is at version " + now.get() + " with a newest row of "
                + newest.get().map(Instant::toString).orElse("no time");
        if (!acceptOlder) {
            throw new IllegalStateException(problem + ". Later changes are missing. Put a newer copy in its"
                    + " place; to use this one, start once with storage.accept-older-database: true");
        }
        log.warn("Accepted because of storage.accept-older-database: {}", problem);
    }

    /** Records the current version, unless it is recorded already, after forcing it to stable storage. */
    public synchronized void record() throws IOException {
        Optional<Long> version = version();
        if (version.isPresent() && version.get() != recorded) {
            transactions.callDurably(entities -> true);
            PrivateFiles.createFile(file);
            Files.writeString(file, version.get() + " " + clock.instant().truncatedTo(ChronoUnit.SECONDS) + "\n");
            recorded = version.get();
        }
    }

    /** Empty where H2 is of a version that does not say it: in a servlet container it may be another than ours. */
    private Optional<Long> version() {
        return transactions.call(entities -> {
            List<?> values = entities.createNativeQuery("select setting_value from information_schema.settings"
                            + " where setting_name = 'info.CURRENT_VERSION'")
                    .getResultList();
            return values.stream().findFirst().map(value -> Long.valueOf(value.toString()));
        });
    }

    private Optional<RecordedProgress> read() throws IOException {
        try {
            Matcher line = LINE.matcher(Files.readString(file));
            if (line.matches()) {
                return Optional.of(new RecordedProgress(Long.parseLong(line.group(1)), Instant.parse(line.group(2))));
            }
        } catch (NoSuchFileException | DateTimeParseException none) {
            // as when a crash left it half written
        }
        return Optional.empty();
    }
}
