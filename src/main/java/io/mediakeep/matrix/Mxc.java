package io.mediakeep.matrix;

import java.util.regex.Pattern;

/**
 * A content URI, {@code mxc://server/mediaId} (Matrix client-server API, "Matrix Content (mxc://) URIs"). It is safe in
 * a path, a query and a log line.
 */
public record Mxc(ServerName server, String mediaId) {
    static final int MAX_MEDIA_ID_LENGTH = 255;

    private static final String SCHEME = "mxc://";
    private static final Pattern MEDIA_ID = Pattern.compile("[A-Za-z0-9_-]{1," + MAX_MEDIA_ID_LENGTH + "}");
    private static final Pattern LEGACY_ID =
            Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._~+=:@!-]{1," + MAX_MEDIA_ID_LENGTH + "}");
    private static final Pattern ORIGIN_THUMBNAIL = Pattern.compile(".*~[0-9]+x[0-9]+-[a-z]+");

    /**
     * Rejects with {@link IllegalArgumentException} a media id outside {@code [A-Za-z0-9._~+=:@!-]{1,255}}, and
     * {@code .} and {@code ..}. The specification permits {@code [A-Za-z0-9_-]}; the rest is for media of old
     * homeservers that was imported, and for an {@link OriginThumbnail}.
     */
    public Mxc {
        if (!LEGACY_ID.matcher(mediaId).matches()) {
            throw new IllegalArgumentException("not a media id");
        }
    }

    /** The content URI in a request; an invalid one is answered with 404. */
    public static Mxc requested(String server, String mediaId) {
        if (!ServerName.isValid(server) || !isRequestable(mediaId)) {
            throw MatrixException.notFound();
        }
        return new Mxc(new ServerName(server), mediaId);
    }

    /** Whether a request can name this id: it is a media id, and not that of an {@link OriginThumbnail}. */
    public static boolean isRequestable(String mediaId) {
        return LEGACY_ID.matcher(mediaId).matches()
                && !ORIGIN_THUMBNAIL.matcher(mediaId).matches();
    }

    /** Whether it may be fetched from its origin: the specification permits the media id, or that of the original. */
    public boolean isFetchable() {
        String id = OriginThumbnail.storedUnder(this)
                .map(thumbnail -> thumbnail.media().mediaId())
                .orElse(mediaId);
        return MEDIA_ID.matcher(id).matches();
    }

    /** The content URI that {@link #toString} wrote; rejects anything else with {@link IllegalArgumentException}. */
    public static Mxc parse(String uri) {
        int slash = uri.lastIndexOf('/');
        if (!uri.startsWith(SCHEME) || slash < SCHEME.length()) {
            throw new IllegalArgumentException("not a content URI");
        }
        return new Mxc(new ServerName(uri.substring(SCHEME.length(), slash)), uri.substring(slash + 1));
    }

    @Override
    public String toString() {
        return SCHEME + server + "/" + mediaId;
    }
}
