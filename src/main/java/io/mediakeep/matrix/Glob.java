package io.mediakeep.matrix;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pattern in which {@code *} stands for any characters and {@code ?} for any one, and everything else for itself
 * (Matrix specification, appendices, "Glob-style matching"). Case-insensitive.
 */
public final class Glob {
    private static final Pattern PIECE = Pattern.compile("[^*?]+|\\*|\\?");

    private final String text;
    private final Pattern pattern;

    /** The pattern of a text; any text is one. */
    public Glob(String text) {
        this.text = text;
        String regex = PIECE.matcher(text).replaceAll(piece -> switch (piece.group()) {
            case "*" -> ".*";
            case "?" -> ".";
            default -> Matcher.quoteReplacement(Pattern.quote(piece.group()));
        });
        this.pattern = Pattern.compile(regex, Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    }

    /** Whether the whole of the candidate matches. */
    public boolean matches(String candidate) {
        return pattern.matcher(candidate).matches();
    }

    @Override
    public String toString() {
        return text;
    }
}
