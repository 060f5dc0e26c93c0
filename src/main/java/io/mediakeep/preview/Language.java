package io.mediakeep.preview;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The language of a page: an {@code Accept-Language} (RFC 9110, section 12.5.4) in a normal form. */
record Language(String header) {
    private static final int MAX_LENGTH = 100;
    private static final String RANGE = "(?:[a-z]{1,8}(?:-[a-z0-9]{1,8})*|\\*)(?:;q=[01](?:\\.[0-9]{0,3})?)?";
    private static final Pattern GRAMMAR = Pattern.compile(RANGE + "(?:," + RANGE + ")*");

    /** The client's language if it is valid, otherwise the default. */
    static Language of(Optional<String> requested, String otherwise) {
        return requested
                .map(text -> text.replace(" ", "").toLowerCase(Locale.ROOT))
                .filter(Language::isValid)
                .map(Language::new)
                .orElseGet(() -> new Language(otherwise));
    }

    /** Whether a text is in normal form: lower case, no white space. */
    static boolean isValid(String text) {
        return text.length() <= MAX_LENGTH && GRAMMAR.matcher(text).matches();
    }
}
