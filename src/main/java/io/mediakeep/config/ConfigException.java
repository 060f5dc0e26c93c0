package io.mediakeep.config;

/** The configuration cannot be used. Its message names every problem, one a line, for the operator to read. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConfigException(String message) {
        super(message);
    }
}
