package io.mediakeep.preview;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** A file that a link leads straight to, neither page nor picture: described by its name, its type and its size. */
final class LinkedFile {
    private static final int KILO = 1000;
    private static final double ROUNDED_UP = KILO - 0.05;
    private static final List<String> UNITS = List.of("kB", "MB", "GB", "TB", "PB", "EB");

    private LinkedFile() {}

    /**
     * What can be said of it.
     *
     * @param type the media type in lower case, without parameters
     * @param size in bytes, where the site says it
     */
    static Facts describe(WebUrl url, String type, OptionalLong size) {
        Facts facts = new Facts();
        facts.say(Facts.TITLE, url.lastSegment());
        if (type.startsWith("video/")) {
            facts.say(Facts.TYPE, "video.other");
        } else if (type.startsWith("audio/")) {
            facts.say(Facts.TYPE, "music.song");
        }
        facts.say(Facts.DESCRIPTION, size.isPresent() ? type + ", " + inWords(size.getAsLong()) : type);
        return facts;
    }

    /** A size as people read it, in powers of a thousand. */
    static String inWords(long bytes) {
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
