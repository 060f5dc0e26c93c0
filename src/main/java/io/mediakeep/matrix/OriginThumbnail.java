package io.mediakeep.matrix;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A thumbnail that another server makes of its media, asked of that server so that its original need not be fetched. We
 * keep it under a content URI of its own, next to that of its media, which no request can name.
 *
 * @param media of which it is a thumbnail
 * @param width of the box, in pixels
 * @param height of the box, in pixels
 * @param method {@code scale} or {@code crop}
 */
public record OriginThumbnail(Mxc media, int width, int height, String method) {
    private static final Pattern MEDIA_ID = Pattern.compile("([^~]+)~([0-9]{1,6})x([0-9]{1,6})-(scale|crop)");

    /** The thumbnail that is kept under a content URI; empty for media. */
    public static Optional<OriginThumbnail> keptUnder(Mxc mxc) {
        Matcher parts = MEDIA_ID.matcher(mxc.mediaId());
        return parts.matches()
                ? Optional.of(new OriginThumbnail(
                        new Mxc(mxc.server(), parts.group(1)),
                        Integer.parseInt(parts.group(2)),
                        Integer.parseInt(parts.group(3)),
                        parts.group(4)))
                : Optional.empty();
    }

    /** The content URI that it is kept under; empty when that would be too long. */
    public Optional<Mxc> mxc() {
        String mediaId = media.mediaId() + "~" + width + "x" + height + "-" + method;
        return mediaId.length() <= Mxc.LONGEST_MEDIA_ID
                ? Optional.of(new Mxc(media.server(), mediaId))
                : Optional.empty();
    }

    /** The parameters that ask for it (Matrix server-server API, {@code GET /media/thumbnail/{mediaId}}). */
    public String query() {
        return "width=" + width + "&height=" + height + "&method=" + method + "&animated=false";
    }
}
