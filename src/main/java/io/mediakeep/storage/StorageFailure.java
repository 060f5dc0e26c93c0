package io.mediakeep.storage;

import io.mediakeep.matrix.MatrixException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Failures of the disk or the database, as opposed to bugs. The JDK distinguishes them only by the message of the
 * operating system, which is matched in English. In another language ({@code LC_MESSAGES}) a full disk is recognised by
 * Linux's message for {@code /dev/full}, and every other message for a file is an {@link #IO_ERROR}.
 */
public enum StorageFailure {
    /** ENOSPC. */
    NO_SPACE("no space left on device|not enough space on the disk|" + Pattern.quote(textOfFullDevice())),
    /** EDQUOT, which some systems spell with a c. */
    QUOTA_EXCEEDED("dis[ck] quota exceeded"),
    /** EROFS. Linux makes a file system that has failed read-only. */
    READ_ONLY("read-only file system"),
    /** ESTALE. */
    STALE_HANDLE("stale (?:nfs )?file handle"),
    /** EMFILE and ENFILE. */
    TOO_MANY_OPEN_FILES("too many open files"),
    /** EIO, what is not known by its text, and a blob store on another machine that is not available. */
    IO_ERROR("input/output error"),
    /** The database is not available, for any reason. */
    DATABASE_UNAVAILABLE("(?!)");

    /** When to retry: space must be freed by someone, other failures are mostly short. */
    private static final Duration NO_SPACE_RETRY = Duration.ofSeconds(30), RETRY = Duration.ofSeconds(5);

    /** How far a chain of causes, which may be cyclic, is followed. */
    private static final int MAX_CAUSES = 20;

    private final Pattern text;

    /** @param text the messages of operating systems, as a regular expression */
    StorageFailure(String text) {
        this.text = Pattern.compile(text, Pattern.CASE_INSENSITIVE);
    }

    /**
     * A failure of an operation on an open file, in the form that {@link #of(Throwable)} recognises: the JDK's exception
     * does not name the file.
     */
    public static IOException on(Path file, IOException failure) {
        if (failure.getClass() != IOException.class) {
            return failure;
        }
        FileSystemException named = new FileSystemException(file.toString(), null, failure.getMessage());
        named.initCause(failure);
        return named;
    }

    private static String textOfFullDevice() {
        try (FileChannel full = FileChannel.open(Path.of("/dev/full"), StandardOpenOption.WRITE)) {
            full.write(ByteBuffer.allocate(1));
        } catch (IOException failure) {
            if (failure.getClass() == IOException.class && failure.getMessage() != null) {
                return failure.getMessage();
            }
        }
        return "no space left on device"; // there is no such device here
    }

    /** The kind of a failure, by its causes; empty for anything but disk and database. */
    public static Optional<StorageFailure> of(Throwable failure) {
        return causes(failure)
                .filter(IOException.class::isInstance)
                .flatMap(cause -> Arrays.stream(values()).filter(kind -> kind.isNamedBy(cause)))
                .findFirst()
                .or(() -> causes(failure)
                        .flatMap(cause -> ofClass(cause).stream())
                        .findFirst());
    }

    private static Optional<StorageFailure> ofClass(Throwable cause) {
        if (cause instanceof DatabaseUnavailableException) {
            return Optional.of(DATABASE_UNAVAILABLE);
        }
        if (cause instanceof StoreUnavailableException) {
            return Optional.of(IO_ERROR);
        }
        // subclasses are about the name: missing, existing, not permitted
        return cause.getClass() == FileSystemException.class ? Optional.of(IO_ERROR) : Optional.empty();
    }

    /** The message of the innermost cause, on one line, for the log. */
    public static String reason(Throwable failure) {
        Throwable innermost = causes(failure).reduce((outer, inner) -> inner).orElse(failure);
        return String.valueOf(innermost.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(MAX_CAUSES);
    }

    private boolean isNamedBy(Throwable cause) {
        return text.matcher(String.valueOf(cause.getMessage())).find();
    }

    /** The error for a request that fails by this: 507 if there is no free space, else 503. */
    public MatrixException toException() {
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
