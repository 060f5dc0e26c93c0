package io.mediakeep.preview.page;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Detects HTML by its first bytes (WHATWG MIME Sniffing, section 7.1), for responses with a missing or wrong type.
 * Unlike browsers it also sniffs plain text and XML: nothing that is parsed here is executed.
 */
public final class HtmlSignature {
    /** How many bytes are examined, as in the standard. */
    public static final int BYTES = 1445;

    private static final Set<String> UNCERTAIN = Set.of(
            "",
            "text/plain",
            "text/xml",
            "application/xml",
            "application/octet-stream",
            "unknown/unknown",
            "application/unknown",
            "*/*");

    private static final Pattern BEGINNING = Pattern.compile(
            "(?is)(?:\\xEF\\xBB\\xBF)?\\s*(?:<\\?xml[^>]*>\\s*)?(?:<!--.*?-->\\s*)*"
                    + "<(?:!DOCTYPE\\s+HTML|HTML|HEAD|SCRIPT|IFRAME|H1|DIV|FONT|TABLE|A|STYLE|TITLE|B|BODY|BR|P|META)[\\s>].*");

    private HtmlSignature() {}

    /** Whether servers send HTML with this media type by mistake; in lower case, without parameters, empty for none. */
    public static boolean isUncertain(String type) {
        return UNCERTAIN.contains(type);
    }

    /** Whether a body with this beginning is HTML. */
    public static boolean begins(byte[] beginning) {
        return BEGINNING
                .matcher(new String(beginning, StandardCharsets.ISO_8859_1))
                .matches();
    }
}
