package io.mediakeep.testing;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses the file name of a {@code Content-Disposition} strictly by the grammar of RFC 6266 and RFC 8187. */
public final class DispositionReader {
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final Pattern HEADER = Pattern.compile("(?:inline|attachment)(?:; filename(?:"
            + "=(?<token>" + TOKEN + ")"
            + "|=\"(?<quoted>(?:[ !#-\\[\\]-~]|\\\\[ -~])*)\""
            + "|\\*=utf-8''(?<extended>(?:[!#$&+.^_`|~0-9A-Za-z-]|%[0-9A-F]{2})+)))?");

    private DispositionReader() {}

    /** The file name; empty when there is none. */
    public static String fileName(String header) {
        Matcher parsed = HEADER.matcher(header);
        if (!parsed.matches()) {
            throw new AssertionError("no Content-Disposition by the grammar: " + header);
        }
        if (parsed.group("token") != null) {
            return parsed.group("token");
        }
        if (parsed.group("quoted") != null) {
            return parsed.group("quoted").replaceAll("\\\\(.)", "$1");
        }
        return parsed.group("extended") == null
                ? ""
                : URLDecoder.decode(parsed.group("extended").replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
