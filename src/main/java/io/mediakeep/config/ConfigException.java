package io.mediakeep.config;

/** The configuration is not valid. Its message lists every problem, one a line, for the operator. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConfigException(String message) {
        super(message);
    }
}
