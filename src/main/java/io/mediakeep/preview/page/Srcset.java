package io.mediakeep.preview.page;

import java.util.Comparator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The attribute {@code srcset} (HTML, section 4.8.4.2.1, image candidate strings). */
final class Srcset {
    private static final int MAX_CANDIDATES = 50;

    /** A URL that does not end with a comma, with an optional width ({@code 800w}) or density ({@code 2x}). */
    private static final Pattern CANDIDATE =
            Pattern.compile("(\\S*[^\\s,])(?:\\s+([0-9]{1,5}(?:\\.[0-9]{1,3})?)[wx])?\\s*(?:,|$)");

    private Srcset() {}

    /** The URL of the largest candidate; empty for none. */
    static String largest(String candidates) {
        Matcher found = CANDIDATE.matcher(candidates);
        return found.results()
                .limit(MAX_CANDIDATES)
                .max(Comparator.comparingDouble(Srcset::size))
                .map(candidate -> candidate.group(1))
                .orElse("");
    }

    private static double size(MatchResult candidate) {
        return candidate.group(2) == null ? 1 : Double.parseDouble(candidate.group(2));
    }
}
