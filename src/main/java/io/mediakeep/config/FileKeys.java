package io.mediakeep.config;

import java.util.Map;

/** Reports unknown keys in a configuration file. */
final class FileKeys {
    private static final String TOKENS = "auth.tokens";

    private final ConfigKeys keys;
    private final ConfigProblems problems;

    FileKeys(ConfigKeys keys, ConfigProblems problems) {
        this.keys = keys;
        this.problems = problems;
    }

    /** Reports every unknown key of the file. */
    void check(String file, Map<String, String> values) {
        values.forEach((key, value) -> {
            if (!keys.contains(key) && !isEmptySection(key, value) && !isLaterEntry(key)) {
                problems.add(shown(key), file, fault(key, values));
            }
        });
    }

    /**
     * The key to report. An unknown key below the tokens may be a token that was written as a key, and is not shown.
     */
    private String shown(String key) {
        boolean maybeToken = key.startsWith(TOKENS + ".") || (key.startsWith(TOKENS + "[") && key.contains("]."));
        return maybeToken && keys.nearest(key).isEmpty() ? TOKENS : key;
    }

    /** Whether a section is empty, as after commenting out its keys. */
    private boolean isEmptySection(String key, String value) {
        return keys.isSection(key) && value.isEmpty();
    }

    /** Whether it is a later entry of an unexpected list, of which only the first is reported. */
    private boolean isLaterEntry(String key) {
        return key.endsWith("]") && !key.endsWith("[0]");
    }

    private String fault(String key, Map<String, String> values) {
        String plain = key.replace("\"", "");
        if (keys.isSection(key)) {
            return "is a section of other keys, and has no value of its own";
        }
        if (!plain.equals(key) && keys.contains(plain)) {
            return "must be nested, " + plain.replace(".", ": {") + ": …" + "}".repeat(plain.split("\\.").length - 1);
        }
        if (key.endsWith("[0]") && values.containsKey(key.substring(0, key.length() - "[0]".length()))) {
            return "must be a single value, not a list";
        }
        return "unknown key"
                + keys.nearest(plain)
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("");
    }
}
