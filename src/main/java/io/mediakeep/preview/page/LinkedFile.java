package io.mediakeep.preview.page;

import io.mediakeep.preview.url.WebUrl;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** Metadata of a URL that is neither page nor image: file name, media type and size. */
public final class LinkedFile {
    private static final int KILO = 1000;
    private static final double ROUNDED_UP = KILO - 0.05;
    private static final List<String> UNITS = List.of("kB", "MB", "GB", "TB", "PB", "EB");

    private LinkedFile() {}

    /**
     * The metadata.
     *
     * @param type the media type in lower case, without parameters
     * @param size in bytes, if the response declares it
     */
    public static PreviewMetadata describe(WebUrl url, String type, OptionalLong size) {
        PreviewMetadata metadata = new PreviewMetadata();
        metadata.put(PreviewMetadata.TITLE, url.lastSegment());
        if (type.startsWith("video/")) {
            metadata.put(PreviewMetadata.TYPE, "video.other");
        } else if (type.startsWith("audio/")) {
            metadata.put(PreviewMetadata.TYPE, "music.song");
        }
        metadata.put(PreviewMetadata.DESCRIPTION, size.isPresent() ? type + ", " + inWords(size.getAsLong()) : type);
        return metadata;
    }

    /** A size with a decimal unit. */
    public static String inWords(long bytes) {
        if (bytes < KILO) {
            return bytes + " bytes";
        }
        double size = (double) bytes / KILO;
        int unit = 0;
        while (size >= ROUNDED_UP) {
            size /= KILO;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", size, UNITS.get(unit));
    }
}
