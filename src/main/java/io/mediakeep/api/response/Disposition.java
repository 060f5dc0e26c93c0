package io.mediakeep.api.response;

import io.mediakeep.matrix.ContentType;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** {@code Content-Disposition}: whether a browser may show it, and its name (RFC 6266, RFC 8187). */
public final class Disposition {
    /** What may be shown (client-server API, "Serving inline content"). */
    private static final Set<String> INLINE = Set.of(
            "text/css",
            "text/plain",
            "text/csv",
            "application/json",
            "application/ld+json",
            "image/jpeg",
            "image/gif",
            "image/png",
            "image/apng",
            "image/webp",
            "image/avif",
            "video/mp4",
            "video/webm",
            "video/ogg",
            "video/quicktime",
            "audio/mp4",
            "audio/webm",
            "audio/aac",
            "audio/mpeg",
            "audio/ogg",
            "audio/wave",
            "audio/wav",
            "audio/x-wav",
            "audio/x-pn-wav",
            "audio/flac",
            "audio/x-flac");

    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
    private static final String EXTENDED_MARKS = "!#$&+-.^_`|~";

    private Disposition() {}

    /** The header for content of a type, under its name if it has one. */
    public static String of(ContentType contentType, Optional<String> fileName) {
        String kind = INLINE.contains(contentType.essence()) ? "inline" : "attachment";
        return fileName.map(name -> kind + "; " + parameter(name)).orElse(kind);
    }

    private static String parameter(String name) {
        if (consistsOf(name, TOKEN_MARKS)) {
            return "filename=" + name;
        }
        if (name.chars().allMatch(character -> character >= ' ' && character < 0x7f)) {
            return "filename=\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        }
        return "filename*=utf-8''" + percentEncoded(name);
    }

    private static boolean consistsOf(String name, String marks) {
        return name.chars().allMatch(character -> isLetterOrDigit(character) || marks.indexOf(character) >= 0);
    }

    private static boolean isLetterOrDigit(int character) {
        return (character >= '0' && character <= '9')
                || (character >= 'A' && character <= 'Z')
                || (character >= 'a' && character <= 'z');
    }

    private static String percentEncoded(String name) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
            int character = octet & 0xff;
            if (isLetterOrDigit(character) || EXTENDED_MARKS.indexOf(character) >= 0) {
                encoded.append((char) character);
            } else {
                encoded.append(String.format(Locale.ROOT, "%%%02X", character));
            }
        }
        return encoded.toString();
    }
}
