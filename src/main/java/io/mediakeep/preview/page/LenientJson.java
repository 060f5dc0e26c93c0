package io.mediakeep.preview.page;

import io.mediakeep.matrix.JsonText;
import jakarta.json.JsonValue;
import java.util.Optional;

/** Accepts JSON with comments and with control characters in strings, as search engines do. */
final class LenientJson {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private LenientJson() {}

    /** The value in the text, unless it is no JSON, or has more digits or levels than the parser takes. */
    static Optional<JsonValue> parse(String text) {
        String json = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        return JsonText.value(json).or(() -> JsonText.value(strict(json)));
    }

    /** The same without comments, and with spaces for control characters; other errors are left in. */
    private static String strict(String json) {
        StringBuilder strict = new StringBuilder(json.length());
        int at = 0;
        while (at < json.length()) {
            if (json.charAt(at) == '"') {
                int end = endOfString(json, at);
                json.substring(at, end).chars().forEach(character -> strict.append((char) Math.max(' ', character)));
                at = end;
            } else if (json.startsWith("/*", at)) {
                at = after("*/", json, at);
            } else if (json.startsWith("//", at)) {
                at = after("\n", json, at);
            } else {
                strict.append(json.charAt(at));
                at++;
            }
        }
        return strict.toString();
    }

    private static int endOfString(String json, int start) {
        int at = start + 1;
        while (at < json.length() && json.charAt(at) != '"') {
            at += json.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at + 1, json.length());
    }

    private static int after(String mark, String json, int start) {
        int found = json.indexOf(mark, start + 2);
        return found < 0 ? json.length() : found + mark.length();
    }
}
