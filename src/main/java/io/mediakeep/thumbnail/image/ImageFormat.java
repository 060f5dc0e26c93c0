package io.mediakeep.thumbnail.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** The supported image formats, detected by their first bytes only. */
public enum ImageFormat {
    JPEG("image/jpeg", true, "\\xff\\xd8\\xff"),
    PNG("image/png", true, "\\x89PNG\\r\\n\\x1a\\n"),
    GIF("image/gif", true, "GIF8[79]a"),
    WEBP("image/webp", true, "RIFF.{4}WEBP"),
    BMP("image/bmp", false, "BM");

    /** How many bytes detect the format. */
    public static final int SIGNATURE_BYTES = 12;

    private final String contentType;
    private final boolean servable;
    private final Pattern beginning;

    ImageFormat(String contentType, boolean servable, String beginning) {
        this.contentType = contentType;
        this.servable = servable;
        this.beginning = Pattern.compile(beginning, Pattern.DOTALL);
    }

    /** The format of a file with this beginning, if it is supported. */
    public static Optional<ImageFormat> of(byte[] bytes) {
        String text = new String(bytes, ISO_8859_1);
        return Arrays.stream(values())
                .filter(format -> format.beginning.matcher(text).lookingAt())
                .findFirst();
    }

    /**
     * The format of this media type.
     *
     * @throws java.util.NoSuchElementException when it is none of these
     */
    public static ImageFormat ofContentType(String contentType) {
        return Arrays.stream(values())
                .filter(format -> format.contentType.equals(contentType))
                .findFirst()
                .orElseThrow();
    }

    /** The media type. */
    public String contentType() {
        return contentType;
    }

    /** Whether a thumbnail may have this format. */
    public boolean servable() {
        return servable;
    }
}
