package io.mediakeep.preview;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Recognises HTML by its first bytes (WHATWG MIME Sniffing, section 7.1), for sites that do not say that it is, or say
 * something else of it. Unlike browsers we look at plain text and XML, too: nothing that is read here is ever run.
 */
final class HtmlSignature {
    /** How many bytes are looked at, as in the standard. */
    static final int BYTES = 1445;

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

    /** Whether sites give HTML this media type by mistake; in lower case and without parameters, empty where there is none. */
    static boolean isUncertain(String type) {
        return UNCERTAIN.contains(type);
    }

    /** Whether a body that begins so is HTML. */
    static boolean begins(byte[] beginning) {
        return BEGINNING
                .matcher(new String(beginning, StandardCharsets.ISO_8859_1))
                .matches();
    }
}
