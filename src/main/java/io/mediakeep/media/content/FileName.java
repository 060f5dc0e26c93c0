package io.mediakeep.media.content;

import java.util.Optional;
import java.util.regex.Pattern;

/** Sanitises the names of files for storing and for {@code Content-Disposition}. */
public final class FileName {
    private static final int MAX_LENGTH = 255;
    private static final Pattern REMOVED =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}"
                    + "\\x{AD}\\x{200B}\\x{2060}-\\x{2064}\\x{FEFF}\\x{FFF9}-\\x{FFFB}]");

    private FileName() {}

    /**
     * The last segment of the name (after {@code /} or {@code \}), at most 255 characters. Removed are: control
     * characters; lone surrogates; line and paragraph separators; the bidirectional embeddings, overrides and isolates
     * that make {@code gnp.exe} look like {@code exe.png}; characters without width; white space at both ends. Joiners
     * and direction marks stay: emoji, Persian and Hebrew require them. Empty when the result is empty or a dot
     * segment.
     */
    public static Optional<String> clean(String given) {
        String last = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
        String cut = cut(REMOVED.matcher(last).replaceAll("")).strip();
        return cut.isEmpty() || cut.equals(".") || cut.equals("..") ? Optional.empty() : Optional.of(cut);
    }

    /** Never splits a surrogate pair. */
    private static String cut(String name) {
        if (name.length() <= MAX_LENGTH) {
            return name;
        }
        boolean split = Character.isHighSurrogate(name.charAt(MAX_LENGTH - 1));
        return name.substring(0, split ? MAX_LENGTH - 1 : MAX_LENGTH);
    }
}
