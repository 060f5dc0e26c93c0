package io.mediakeep.media.content;

import java.util.Optional;
import java.util.regex.Pattern;

/** Makes the name that somebody gave to a file safe to keep and to hand out. */
public final class FileName {
    private static final int LONGEST = 255;
    private static final Pattern REMOVED =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}"
                    + "\\x{AD}\\x{200B}\\x{2060}-\\x{2064}\\x{FEFF}\\x{FFF9}-\\x{FFFB}]");

    private FileName() {}

    /**
     * The last segment of the name (after {@code /} or {@code \}), at most 255 characters. Removed are: control
     * characters; lone surrogates; line and paragraph separators; the bidirectional embeddings, overrides and isolates
     * that make {@code gnp.exe} look like {@code exe.png}; characters without width; white space at both ends. Joiners and
     * direction marks stay: emoji, Persian and Hebrew need them. Empty when nothing is left but dots for a folder.
     */
    public static Optional<String> clean(String given) {
        String last = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
        String cut = cut(REMOVED.matcher(last).replaceAll("")).strip();
        return cut.isEmpty() || cut.equals(".") || cut.equals("..") ? Optional.empty() : Optional.of(cut);
    }

    /** Never between the two halves of one character. */
    private static String cut(String name) {
        if (name.length() <= LONGEST) {
            return name;
        }
        boolean halved = Character.isHighSurrogate(name.charAt(LONGEST - 1));
        return name.substring(0, halved ? LONGEST - 1 : LONGEST);
    }
}
