package io.mediakeep.media.upload;

import io.mediakeep.blob.Spool;
import io.mediakeep.blob.SpoolDirectory;
import io.mediakeep.matrix.ContentType;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.media.Media;
import io.mediakeep.media.MediaCatalog;
import io.mediakeep.media.MediaIds;
import io.mediakeep.media.blob.Blobs;
import io.mediakeep.media.content.FileName;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * What we fetched from elsewhere to show it for a while, as the pictures of previews. It is given out like all media, but
 * it belongs to nobody here: it counts for no quota and no usage, and it expires.
 */
public final class ExpiringMedia {
    private final boolean authenticatedOnly;
    private final MediaIds ids;
    private final SpoolDirectory spools;
    private final Blobs blobs;
    private final MediaCatalog media;
    private final Clock clock;

    /** @param authenticatedOnly whether what comes in is hidden from the endpoints that take no access token */
    public ExpiringMedia(
            boolean authenticatedOnly,
            MediaIds ids,
            SpoolDirectory spools,
            Blobs blobs,
            MediaCatalog media,
            Clock clock) {
        this.authenticatedOnly = authenticatedOnly;
        this.ids = ids;
        this.spools = spools;
        this.blobs = blobs;
        this.media = media;
        this.clock = clock;
    }

    /**
     * What is to be kept.
     *
     * @param fileName as somebody named it, not yet made safe
     * @param maxSize in bytes; a longer body is refused
     */
    public record Source(ContentType contentType, Optional<String> fileName, long maxSize, InputStream body) {}

    /**
     * Keeps it until a time.
     *
     * @throws MatrixException 408 when it comes too slowly, 413 when it is too large
     * @throws IOException when the body breaks off, or our disk fails; nothing is kept
     */
    public Media keep(Source source, Instant until) throws IOException {
        try (Spool spool = spools.receive(source.body(), source.maxSize())) {
            Mxc mxc = ids.next();
            return blobs.keep(
                    spool,
                    location -> media.addUntil(
                            until,
                            new Media(
                                    mxc,
                                    Optional.empty(),
                                    source.contentType(),
                                    source.fileName().flatMap(FileName::clean),
                                    spool.size(),
                                    location,
                                    clock.instant(),
                                    authenticatedOnly,
                                    false)));
        }
    }

    /** Whether there is room to keep anything. */
    public boolean hasRoom() {
        return !spools.space().isLow();
    }

    /** Keeps it until a later time; answers whether it is still there. */
    public boolean keepLonger(Mxc mxc, Instant until) {
        return media.keepLonger(mxc, until);
    }

    /** Removes what has expired, at most so many; answers how many. */
    public int removeExpired(int most) {
        return media.removeExpired(clock.instant(), most);
    }
}
