package io.mediakeep.preview;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** In which language a page is asked for: an {@code Accept-Language} (RFC 9110, section 12.5.4) in a common form. */
record Language(String header) {
    private static final int LONGEST = 100;
    private static final String RANGE = "(?:[a-z]{1,8}(?:-[a-z0-9]{1,8})*|\\*)(?:;q=[01](?:\\.[0-9]{0,3})?)?";
    private static final Pattern GRAMMAR = Pattern.compile(RANGE + "(?:," + RANGE + ")*");

    /** What the client wants, if it says so in a way that can be passed on, else the given language. */
    static Language of(Optional<String> wanted, String otherwise) {
        return wanted.map(text -> text.replace(" ", "").toLowerCase(Locale.ROOT))
                .filter(Language::isValid)
                .map(Language::new)
                .orElseGet(() -> new Language(otherwise));
    }

    /** Whether the text is one in the common form: lower case, and no blanks. */
    static boolean isValid(String text) {
        return text.length() <= LONGEST && GRAMMAR.matcher(text).matches();
    }
}
