package io.mediakeep.preview.page;

/** Text for display: without invisible characters, with single spaces, of limited length. */
public final class PlainText {
    private static final String ELLIPSIS = "…";

    /** Truncating at a word boundary may remove this part more: a half. */
    private static final int WORD_SHARE = 2;

    private PlainText() {}

    /**
     * The text on one line of at most {@code max} characters, truncated after a word and with an ellipsis where it is
     * longer. No more of the text is read than needed.
     */
    public static String line(String text, int max) {
        StringBuilder line = new StringBuilder();
        boolean gap = false;
        for (int i = 0; i < text.length() && line.length() <= max; i += Character.charCount(text.codePointAt(i))) {
            int character = text.codePointAt(i);
            if (isBlank(character)) {
                gap = !line.isEmpty();
            } else if (isShown(character)) {
                line.append(gap ? " " : "").appendCodePoint(character);
                gap = false;
            }
        }
        return cut(line.toString(), max);
    }

    /** The text, truncated as by {@link #line}. */
    public static String cut(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        int end = max - ELLIPSIS.length();
        int word = lastBlank(text, end);
        int cut = word >= end - end / WORD_SHARE ? word : betweenCharacters(text, end);
        return text.substring(0, cut).stripTrailing() + ELLIPSIS;
    }

    static boolean isBlank(int character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }

    /** The last white space at or before an index, negative for none. */
    private static int lastBlank(String text, int place) {
        int blank = place;
        while (blank >= 0 && !isBlank(text.charAt(blank))) {
            blank--;
        }
        return blank;
    }

    private static int betweenCharacters(String text, int end) {
        return Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
    }

    /** Control characters and lone surrogates are left out. */
    private static boolean isShown(int character) {
        int type = Character.getType(character);
        return type != Character.CONTROL && type != Character.SURROGATE;
    }
}
