package io.mediakeep.migrate.source;

/** The database or the directory of a source cannot be read now. */
public final class SourceUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SourceUnavailableException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
