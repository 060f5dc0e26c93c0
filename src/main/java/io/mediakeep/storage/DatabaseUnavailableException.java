package io.mediakeep.storage;

/** The database cannot be used at the moment: it is away, has closed after a failure, or has no connection left. */
public final class DatabaseUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With what the database or its driver said. */
    public DatabaseUnavailableException(Throwable cause) {
        super("the database is not available", cause);
    }

    /** When the database itself said nothing. */
    public DatabaseUnavailableException(String reason) {
        super(reason);
    }
}
