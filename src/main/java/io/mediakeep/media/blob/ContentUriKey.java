package io.mediakeep.media.blob;

import io.mediakeep.matrix.Mxc;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The primary key of rows of media: a content URI in two columns, {@code origin} and {@code mediaId}. */
public final class ContentUriKey implements Serializable {
    private static final long serialVersionUID = 1L;

    private String origin = "";
    private String mediaId = "";

    /** For JPA. */
    ContentUriKey() {}

    /** The key of a content URI. */
    public ContentUriKey(Mxc mxc) {
        this.origin = mxc.server().value();
        this.mediaId = mxc.mediaId();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ContentUriKey key && origin.equals(key.origin) && mediaId.equals(key.mediaId);
    }

    @Override
    public int hashCode() {
        return Objects.hash(origin, mediaId);
    }
}
