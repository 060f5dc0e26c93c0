package io.mediakeep.media;

import java.util.Optional;

/** Makes the name that somebody gave to a file safe to keep and to hand out. */
public final class FileName {
    private static final int LONGEST = 255;

    private FileName() {}

    /**
     * The last segment of the name, without control characters and lone surrogates, at most 255 characters; empty when
     * nothing is left of it.
     */
    public static Optional<String> clean(String given) {
        String last = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
        String printable = last.codePoints()
                .filter(FileName::mayStay)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        String cut = cut(printable).strip();
        return cut.isEmpty() || cut.equals(".") || cut.equals("..") ? Optional.empty() : Optional.of(cut);
    }

    private static boolean mayStay(int character) {
        int type = Character.getType(character);
        return type != Character.CONTROL
                && type != Character.SURROGATE
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR;
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
