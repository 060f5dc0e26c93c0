package io.mediakeep.api;

import io.mediakeep.matrix.MatrixException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where the next page of a list begins: the key of the last row of the page before, in a form that clients pass back
 * unread ({@code next} in responses, {@code from} in requests). A client may send anything, so its parts are no more
 * trustworthy than other parameters.
 */
public final class PageToken {
    private static final String PARAMETER = "from";
    private static final int MAX_LENGTH = 4_000;
    private static final String SEPARATOR = "\n";

    private PageToken() {}

    /** The token of a key; its parts contain no line breaks. */
    public static String of(List<String> key) {
        byte[] bytes = String.join(SEPARATOR, key).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * The token of the next page; empty after a page that is not full.
     *
     * @param limit how many rows a full page has
     * @param key the key of a row
     */
    public static <T> Optional<String> after(List<T> page, int limit, Function<T, List<String>> key) {
        return page.isEmpty() || page.size() < limit
                ? Optional.empty()
                : Optional.of(of(key.apply(page.get(page.size() - 1))));
    }

    /**
     * The key in the parameter {@code from} of a list whose key is one number.
     *
     * @param first the key without a parameter
     * @throws MatrixException 400 when it is no token of such a key
     */
    public static long numberIn(Parameters parameters, long first) {
        List<String> key = in(parameters, 1);
        return key.isEmpty() ? first : number(key.get(0));
    }

    /**
     * The key in the parameter {@code from}; empty without one.
     *
     * @param parts how many the key has
     * @throws MatrixException 400 when it is no token of such a key
     */
    public static List<String> in(Parameters parameters, int parts) {
        return parameters.text(PARAMETER).map(token -> decoded(token, parts)).orElse(List.of());
    }

    private static List<String> decoded(String token, int parts) {
        if (token.length() <= MAX_LENGTH) {
            try {
                String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
                List<String> key = List.of(text.split(SEPARATOR, -1));
                if (key.size() == parts) {
                    return key;
                }
            } catch (IllegalArgumentException malformed) {
                // rejected below
            }
        }
        throw invalid();
    }

    /**
     * A number in a key.
     *
     * @throws MatrixException 400 when it is none
     */
    public static long number(String part) {
        try {
            return Long.parseLong(part);
        } catch (NumberFormatException malformed) {
            throw invalid();
        }
    }

    /** 400: the parameter is no token of this list. */
    public static MatrixException invalid() {
        return MatrixException.invalidParam(PARAMETER, "the 'next' of the previous page");
    }
}
