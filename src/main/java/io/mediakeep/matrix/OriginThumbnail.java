package io.mediakeep.matrix;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A thumbnail that the origin makes of its media, requested instead of the original. It is stored under a content URI
 * of its own, next to that of its media, which no request can name.
 *
 * @param media the original
 * @param width of the bounding box, in pixels
 * @param height of the bounding box, in pixels
 * @param method {@code scale} or {@code crop}
 */
public record OriginThumbnail(Mxc media, int width, int height, String method) {
    private static final Pattern MEDIA_ID = Pattern.compile("([^~]+)~([0-9]{1,6})x([0-9]{1,6})-(scale|crop)");

    /** The thumbnail that is stored under a content URI; empty for media. */
    public static Optional<OriginThumbnail> storedUnder(Mxc mxc) {
        Matcher parts = MEDIA_ID.matcher(mxc.mediaId());
        return parts.matches()
                ? Optional.of(new OriginThumbnail(
                        new Mxc(mxc.server(), parts.group(1)),
                        Integer.parseInt(parts.group(2)),
                        Integer.parseInt(parts.group(3)),
                        parts.group(4)))
                : Optional.empty();
    }

    /** The content URI that it is stored under; empty when that would be too long. */
    public Optional<Mxc> mxc() {
        String mediaId = media.mediaId() + "~" + width + "x" + height + "-" + method;
        return mediaId.length() <= Mxc.MAX_MEDIA_ID_LENGTH
                ? Optional.of(new Mxc(media.server(), mediaId))
                : Optional.empty();
    }

    /** The query parameters of the request (Matrix server-server API, {@code GET /media/thumbnail/{mediaId}}). */
    public String query() {
        return "width=" + width + "&height=" + height + "&method=" + method + "&animated=false";
    }
}
