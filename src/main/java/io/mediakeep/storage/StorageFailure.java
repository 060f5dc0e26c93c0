package io.mediakeep.storage;

import io.mediakeep.matrix.MatrixException;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What can be wrong with the disk or the database, as opposed to with us. The JDK tells these apart by nothing but the
 * text of the operating system, which is looked for in English ({@code LC_MESSAGES=C}).
 */
public enum StorageFailure {
    /** ENOSPC. */
    NO_SPACE("no space left on device|not enough space on the disk"),
    /** EDQUOT, which some systems spell with a c. */
    QUOTA_EXCEEDED("dis[ck] quota exceeded"),
    /** EROFS. Linux makes a file system that has failed read-only. */
    READ_ONLY("read-only file system"),
    /** ESTALE. */
    STALE_HANDLE("stale (?:nfs )?file handle"),
    /** EMFILE and ENFILE. */
    TOO_MANY_OPEN_FILES("too many open files"),
    /** EIO. */
    IO_ERROR("input/output error"),
    /** Nothing in particular is known but that the database cannot be used. */
    DATABASE_UNAVAILABLE("(?!)");

    /** When it is worth trying again: room is made by somebody, the rest is mostly over by itself. */
    private static final Duration NO_SPACE_RETRY = Duration.ofSeconds(30), RETRY = Duration.ofSeconds(5);

    /** How far a chain of causes is followed, which may be a circle. */
    private static final int LONGEST_CHAIN = 20;

    private final Pattern text;

    /** @param text how operating systems word it, as a regular expression */
    StorageFailure(String text) {
        this.text = Pattern.compile(text, Pattern.CASE_INSENSITIVE);
    }

    /** The kind of a failure, by its causes; empty when neither the disk nor the database is to blame. */
    public static Optional<StorageFailure> of(Throwable failure) {
        return causes(failure)
                .filter(IOException.class::isInstance)
                .flatMap(cause -> Arrays.stream(values()).filter(kind -> kind.isNamedBy(cause)))
                .findFirst()
                .or(() -> causes(failure)
                        .filter(DatabaseUnavailableException.class::isInstance)
                        .map(cause -> DATABASE_UNAVAILABLE)
                        .findFirst());
    }

    /** What the innermost cause says, on one line, for the log. */
    public static String reason(Throwable failure) {
        Throwable innermost = causes(failure).reduce((outer, inner) -> inner).orElse(failure);
        return String.valueOf(innermost.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(LONGEST_CHAIN);
    }

    private boolean isNamedBy(Throwable cause) {
        return text.matcher(String.valueOf(cause.getMessage())).find();
    }

    /** The answer to a request that fails for this: 507 where there is no room, else 503. */
    public MatrixException refusal() {
        return switch (this) {
            case NO_SPACE, QUOTA_EXCEEDED -> MatrixException.insufficientStorage(NO_SPACE_RETRY);
            case TOO_MANY_OPEN_FILES -> MatrixException.unavailable("This server is busy; try again", RETRY);
            case DATABASE_UNAVAILABLE ->
                MatrixException.unavailable("The database of this server is not available; try again", RETRY);
            case READ_ONLY, STALE_HANDLE, IO_ERROR ->
                MatrixException.unavailable("The storage of this server is not available; try again", RETRY);
        };
    }
}
