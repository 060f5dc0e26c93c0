package io.mediakeep.thumbnail.picture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** The kinds of picture files that are read, told apart by their first bytes and by nothing else. */
public enum PictureFormat {
    JPEG("image/jpeg", true, "\\xff\\xd8\\xff"),
    PNG("image/png", true, "\\x89PNG\\r\\n\\x1a\\n"),
    GIF("image/gif", true, "GIF8[79]a"),
    WEBP("image/webp", true, "RIFF.{4}WEBP"),
    BMP("image/bmp", false, "BM");

    /** How many bytes tell the format. */
    public static final int TELLING_BYTES = 12;

    private final String contentType;
    private final boolean servable;
    private final Pattern beginning;

    PictureFormat(String contentType, boolean servable, String beginning) {
        this.contentType = contentType;
        this.servable = servable;
        this.beginning = Pattern.compile(beginning, Pattern.DOTALL);
    }

    /** The format of a file that begins with these bytes, if it is one of ours. */
    public static Optional<PictureFormat> of(byte[] bytes) {
        String text = new String(bytes, ISO_8859_1);
        return Arrays.stream(values())
                .filter(format -> format.beginning.matcher(text).lookingAt())
                .findFirst();
    }

    /** The media type of such files. */
    public String contentType() {
        return contentType;
    }

    /** Whether a thumbnail may be such a file. */
    public boolean servable() {
        return servable;
    }
}
