package io.mediakeep.api.response;

import io.mediakeep.matrix.ContentType;
import io.mediakeep.matrix.PercentEncoding;
import java.util.Optional;
import java.util.Set;

/** The {@code Content-Disposition} header: inline or attachment, and the file name (RFC 6266, RFC 8187). */
public final class Disposition {
    /** Types that may be shown inline (client-server API, "Serving inline content"). */
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
    /** {@code attr-char} of RFC 8187, section 3.2.1. */
    private static final PercentEncoding EXTENDED = PercentEncoding.allowing("!#$&+-.^_`|~");

    private Disposition() {}

    /** The header for content of a type, with its file name if it has one. */
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
        return "filename*=utf-8''" + EXTENDED.encode(name);
    }

    private static boolean consistsOf(String name, String marks) {
        return name.chars().allMatch(character -> isLetterOrDigit(character) || marks.indexOf(character) >= 0);
    }

    private static boolean isLetterOrDigit(int character) {
        return (character >= '0' && character <= '9')
                || (character >= 'A' && character <= 'Z')
                || (character >= 'a' && character <= 'z');
    }
}
