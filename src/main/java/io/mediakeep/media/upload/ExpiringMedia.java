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
 * Media that expires, as the images of previews do. It is served like other media, but has no uploader: it counts for
 * no quota and no usage.
 */
public final class ExpiringMedia {
    private final boolean authenticatedOnly;
    private final MediaIds ids;
    private final SpoolDirectory spools;
    private final Blobs blobs;
    private final MediaCatalog media;
    private final Clock clock;

    /** @param authenticatedOnly whether new media is hidden from endpoints without an access token */
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
     * The media to store.
     *
     * @param fileName not sanitised yet
     * @param maxSize in bytes; a longer body is rejected
     */
    public record Source(ContentType contentType, Optional<String> fileName, long maxSize, InputStream body) {}

    /**
     * Stores media until a time.
     *
     * @throws MatrixException 403 when the content is blocked, 408 when the body is too slow, 413 when it is too large
     * @throws IOException when the body ends early, or the disk fails; nothing is stored
     */
    public Media store(Source source, Instant until) throws IOException {
        try (Spool spool = spools.receive(source.body(), source.maxSize())) {
            Mxc mxc = ids.next();
            return blobs.store(
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

    /** Whether there is enough free space. */
    public boolean hasSpace() {
        return !spools.space().isLow();
    }

    /** Postpones the expiry; returns whether the media still exists. */
    public boolean extendExpiry(Mxc mxc, Instant until) {
        return media.extendExpiry(mxc, until);
    }

    /** Removes at most {@code max} expired media; returns how many. */
    public int removeExpired(int max) {
        return media.removeExpired(clock.instant(), max);
    }
}
