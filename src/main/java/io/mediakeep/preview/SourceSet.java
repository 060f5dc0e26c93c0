package io.mediakeep.preview;

import java.util.Comparator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The attribute {@code srcset}: one picture in several sizes (HTML, section 4.8.4.2.1, image candidate strings). */
final class SourceSet {
    private static final int MOST = 50;

    /** A URL, which does not end with a comma, and perhaps its width ({@code 800w}) or density ({@code 2x}). */
    private static final Pattern CANDIDATE =
            Pattern.compile("(\\S*[^\\s,])(?:\\s+([0-9]{1,5}(?:\\.[0-9]{1,3})?)[wx])?\\s*(?:,|$)");

    private SourceSet() {}

    /** The URL of the largest size; empty when there is none. */
    static String largest(String candidates) {
        Matcher found = CANDIDATE.matcher(candidates);
        return found.results()
                .limit(MOST)
                .max(Comparator.comparingDouble(SourceSet::size))
                .map(candidate -> candidate.group(1))
                .orElse("");
    }

    private static double size(MatchResult candidate) {
        return candidate.group(2) == null ? 1 : Double.parseDouble(candidate.group(2));
    }
}
