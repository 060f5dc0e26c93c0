package io.mediakeep.storage;

/**
 * The database is not available: the server cannot be reached, it has closed after a failure, or no connection is free.
 */
public final class DatabaseUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param cause the failure of the database or its driver */
    public DatabaseUnavailableException(Throwable cause) {
        super("the database is not available", cause);
    }

    /** @param reason when there is no failure of the driver */
    public DatabaseUnavailableException(String reason) {
        super(reason);
    }
}
