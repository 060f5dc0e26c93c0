package io.mediakeep.config;

import java.nio.file.Path;

/**
 * The access log.
 *
 * @param file the file that is written to; full ones are beside it, with a number behind their name
 * @param maxSize in bytes, after which a file is full
 * @param maxFiles how many full files are stored, 1 to {@value #MAX_FILES}
 */
public record AccessLogSettings(Format format, Path file, long maxSize, int maxFiles) {
    public static final long DEFAULT_MAX_SIZE = 100L * 1024 * 1024;
    public static final int DEFAULT_MAX_FILES = 10;
    public static final int MAX_FILES = 20;

    /** The name of the file in the data directory. */
    public static final String DEFAULT_FILE = "access.log";

    /** The format of a line. */
    public enum Format {
        /** There is no access log. */
        OFF,
        /** The combined log format of Apache httpd. */
        COMBINED,
        /** A JSON object. */
        JSON;

        /**
         * The format with this name; {@code false} is {@code off}, as YAML has it.
         *
         * @throws IllegalArgumentException for any other word
         */
        static Format of(String word) {
            return switch (word) {
                case "off", "false" -> OFF;
                case "combined" -> COMBINED;
                case "json" -> JSON;
                default -> throw new IllegalArgumentException("must be off, combined or json");
            };
        }
    }
}
