package io.mediakeep.config;

import java.util.ArrayList;
import java.util.List;

/** Everything that is wrong with a configuration, so that an operator mends it in one go. */
final class ConfigProblems {
    private final List<String> lines = new ArrayList<>();

    /**
     * Remembers a problem.
     *
     * @param subject what is wrong: a key, a variable or a file
     * @param where what set it
     * @param what a sentence without a subject; no secret is ever in it
     */
    void add(String subject, String where, String what) {
        add(subject + " (" + where + ")", what);
    }

    /** Remembers a problem of something that says itself where it is. */
    void add(String subject, String what) {
        lines.add(oneLine(subject + ": " + what));
    }

    /** Throws a {@link ConfigException} that names all of them, if there are any. */
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
