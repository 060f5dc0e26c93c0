package io.mediakeep.media;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.Spool;
import io.mediakeep.blob.SpoolDirectory;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.UserId;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes media in: at once, or under a content URI that was handed out before. */
public final class Uploads {
    private static final Logger log = LoggerFactory.getLogger(Uploads.class);

    private final UploadRules rules;
    private final boolean authenticatedOnly;
    private final MediaIds ids;
    private final Reservations reservations;
    private final SpoolDirectory spools;
    private final Blobs blobs;
    private final MediaCatalog media;
    private final Clock clock;

    /**
     * Takes media in by these rules.
     *
     * @param authenticatedOnly whether what comes in is hidden from the endpoints that take no access token
     */
    public Uploads(
            UploadRules rules,
            boolean authenticatedOnly,
            MediaIds ids,
            Reservations reservations,
            SpoolDirectory spools,
            Blobs blobs,
            MediaCatalog media,
            Clock clock) {
        this.rules = rules;
        this.authenticatedOnly = authenticatedOnly;
        this.ids = ids;
        this.reservations = reservations;
        this.spools = spools;
        this.blobs = blobs;
        this.media = media;
        this.clock = clock;
    }

    /** The largest upload in bytes. */
    public long maxSize() {
        return rules.maxSize();
    }

    /**
     * Keeps what a client sends. When this returns it survives a crash.
     *
     * @throws MatrixException 403 for a type or a quota, 408 when it comes too slowly, 413 when it is too large
     * @throws IOException when the body breaks off, or our disk fails; nothing is kept
     */
    public Mxc upload(Upload upload) throws IOException {
        rules.check(upload);
        Mxc mxc = ids.next();
        receive(mxc, upload, Optional.empty());
        return mxc;
    }

    /**
     * Hands out a content URI whose content comes later.
     *
     * @throws MatrixException 429 when the user has too many of them open
     */
    public PendingMedia create(UserId uploader) {
        return reservations.create(uploader);
    }

    /**
     * Keeps the content of a URI that was handed out before. A failed upload leaves the URI open for another.
     *
     * @throws MatrixException 404, 403 or 409 as behaviour.md, section 4, orders them; then as {@link #upload}
     * @throws IOException as {@link #upload}
     */
    public void complete(Mxc mxc, Upload upload) throws IOException {
        try (Reservations.Held held = reservations.claim(mxc, upload.uploader())) {
            rules.check(upload);
            receive(mxc, upload, Optional.of(held.claim()));
        }
    }

    private void receive(Mxc mxc, Upload upload, Optional<Claim> claim) throws IOException {
        try (Spool spool = spools.receive(upload.body(), rules.maxSize())) {
            Media arrived = blobs.keep(spool, location -> media.add(described(mxc, upload, spool, location), claim));
            log.info("{} uploaded {}, {} bytes of {}", upload.uploader(), mxc, arrived.size(), arrived.contentType());
        }
    }

    private Media described(Mxc mxc, Upload upload, Spool spool, BlobLocation location) {
        return new Media(
                mxc,
                Optional.of(upload.uploader()),
                upload.contentType(),
                upload.fileName().flatMap(FileName::clean),
                spool.size(),
                location,
                clock.instant(),
                authenticatedOnly,
                false);
    }
}
