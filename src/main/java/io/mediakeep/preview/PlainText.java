package io.mediakeep.preview;

/** Text as it is shown in a preview: without characters that show nothing, with single blanks, and not too long. */
final class PlainText {
    private static final String ELLIPSIS = "…";

    /** A cut text may lose this part of its end for the sake of a whole word: a half. */
    private static final int WORD_SHARE = 2;

    private PlainText() {}

    /**
     * The text on one line of at most {@code most} characters; where it is longer, it is cut after a whole word and ends
     * with an ellipsis. No more of the text is looked at than is shown.
     */
    static String line(String text, int most) {
        StringBuilder line = new StringBuilder();
        boolean gap = false;
        for (int i = 0; i < text.length() && line.length() <= most; i += Character.charCount(text.codePointAt(i))) {
            int character = text.codePointAt(i);
            if (isBlank(character)) {
                gap = !line.isEmpty();
            } else if (isShown(character)) {
                line.append(gap ? " " : "").appendCodePoint(character);
                gap = false;
            }
        }
        return cut(line.toString(), most);
    }

    /** The text, cut as {@link #line} cuts. */
    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = most - ELLIPSIS.length();
        int word = lastBlank(text, end);
        int cut = word >= end - end / WORD_SHARE ? word : betweenCharacters(text, end);
        return text.substring(0, cut).stripTrailing() + ELLIPSIS;
    }

    static boolean isBlank(int character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }

    /** The last blank at or before a place; less than 0 when there is none. */
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

    /** Control characters and lone surrogates are nothing to show. */
    private static boolean isShown(int character) {
        int type = Character.getType(character);
        return type != Character.CONTROL && type != Character.SURROGATE;
    }
}
