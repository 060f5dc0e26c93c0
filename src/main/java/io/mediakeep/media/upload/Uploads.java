package io.mediakeep.media.upload;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.Spool;
import io.mediakeep.blob.SpoolDirectory;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.UserId;
import io.mediakeep.media.Media;
import io.mediakeep.media.MediaCatalog;
import io.mediakeep.media.MediaIds;
import io.mediakeep.media.PendingMedia;
import io.mediakeep.media.UploadLock;
import io.mediakeep.media.blob.Blobs;
import io.mediakeep.media.content.FileName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
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
     * Keeps what a client sends. Completes when it survives a crash, on a thread of the body's publisher.
     *
     * <p>Fails with {@link MatrixException} 403 for a quota, 408 when it comes too slowly, 413 when it is too large, 507
     * when room runs out, and with {@link IOException} when our disk fails; nothing is kept then.
     *
     * @throws MatrixException 403, 413, 415 or 507 for what can be refused before the body is read
     */
    public CompletionStage<Mxc> upload(Upload upload) throws IOException {
        check(upload);
        Mxc mxc = ids.next();
        return receive(mxc, upload, Optional.empty()).thenApply(kept -> mxc);
    }

    /**
     * Hands out a content URI whose content comes later.
     *
     * @throws MatrixException 429 when the user has too many of them open, 507 when there is no room
     */
    public PendingMedia create(UserId uploader) {
        spools.space().require(0);
        return reservations.create(uploader);
    }

    /**
     * Keeps the content of a URI that was handed out before. A failed upload leaves the URI open for another. Completes
     * and fails as {@link #upload}.
     *
     * @throws MatrixException 404 for an id that is not ours or was never created, 403 for somebody else's, 409 for one that
     *     has content, 404 for an expired one, 409 while another upload to it runs, in this order; then as {@link #upload}
     */
    public CompletionStage<Media> complete(Mxc mxc, Upload upload) throws IOException {
        Reservations.Held held = reservations.claim(mxc, upload.uploader());
        try {
            check(upload);
            return receive(mxc, upload, Optional.of(held.claim())).whenComplete((kept, failure) -> held.close());
        } catch (IOException | RuntimeException failure) {
            held.close();
            throw failure;
        }
    }

    private void check(Upload upload) {
        rules.check(upload);
        spools.space().require(upload.declaredSize().orElse(0));
    }

    private CompletionStage<Media> receive(Mxc mxc, Upload upload, Optional<UploadLock> claim) throws IOException {
        return spools.receive(upload.body(), rules.maxSize()).thenApply(spool -> keep(mxc, upload, claim, spool));
    }

    private Media keep(Mxc mxc, Upload upload, Optional<UploadLock> claim, Spool received) {
        try (Spool spool = received) {
            Media arrived = blobs.keep(spool, location -> media.add(described(mxc, upload, spool, location), claim));
            log.info("{} uploaded {}, {} bytes of {}", upload.uploader(), mxc, arrived.size(), arrived.contentType());
            return arrived;
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
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
