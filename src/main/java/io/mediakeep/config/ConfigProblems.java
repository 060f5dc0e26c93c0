package io.mediakeep.config;

import java.util.ArrayList;
import java.util.List;

/** Collects the problems of a configuration, so that all are reported at once. */
final class ConfigProblems {
    private final List<String> lines = new ArrayList<>();

    /**
     * Adds a problem.
     *
     * @param subject a key, a variable or a file
     * @param where the source of the value
     * @param what a sentence without a subject; it contains no secret
     */
    void add(String subject, String where, String what) {
        add(subject + " (" + where + ")", what);
    }

    /** Adds a problem whose subject includes its source. */
    void add(String subject, String what) {
        lines.add(oneLine(subject + ": " + what));
    }

    /** Throws a {@link ConfigException} with all problems, if there are any. */
    void throwIfAny() {
        if (!lines.isEmpty()) {
            String count = lines.size() == 1 ? "a problem" : lines.size() + " problems";
            throw new ConfigException("The configuration has " + count + ":\n  " + String.join("\n  ", lines));
        }
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
