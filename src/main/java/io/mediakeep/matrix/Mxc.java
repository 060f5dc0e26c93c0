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
    private static final Pattern STORED_ID = Pattern.compile("[A-Za-z0-9_-]+(~[0-9]+x[0-9]+-[a-z]+)?");

    /**
     * Rejects with {@link IllegalArgumentException} a media id outside {@code [A-Za-z0-9_-]{1,255}} that is not one of
     * an {@link OriginThumbnail} either.
     */
    public Mxc {
        if (mediaId.length() > MAX_MEDIA_ID_LENGTH
                || !STORED_ID.matcher(mediaId).matches()) {
            throw new IllegalArgumentException("not a media id");
        }
    }

    /** The content URI in a request; an invalid one is answered with 404. */
    public static Mxc requested(String server, String mediaId) {
        if (!ServerName.isValid(server) || !MEDIA_ID.matcher(mediaId).matches()) {
            throw MatrixException.notFound();
        }
        return new Mxc(new ServerName(server), mediaId);
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
