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
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Uploads of media: with a new content URI, or to a reserved one. */
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
    private final LongAdder stored = new LongAdder();

    /**
     * Uploads by these rules.
     *
     * @param authenticatedOnly whether new media is hidden from endpoints without an access token
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

    /** The number of stored uploads since the start. */
    public long stored() {
        return stored.sum();
    }

    /**
     * The maximum size of an upload of a user in bytes, including what the user's quota can ever permit. It does not
     * depend on what the user has uploaded, since clients cache it.
     */
    public long maxSize(UserId user) {
        return rules.maxFittingSize(user);
    }

    /**
     * Stores an upload. Completes when it is durable, on a thread of the body's publisher.
     *
     * <p>Fails with {@link MatrixException} 403 for blocked content or a quota, 408 when the body is too slow, 413 when it is
     * too large, 507 when there is no space left, and with {@link IOException} when the disk fails; nothing is stored then.
     *
     * @throws MatrixException 403, 413, 415 or 507 for what can be rejected before the body is read
     */
    public CompletionStage<Mxc> upload(Upload upload) throws IOException {
        check(upload);
        Mxc mxc = ids.next();
        return receive(mxc, upload, Optional.empty()).thenApply(stored -> mxc);
    }

    /**
     * Reserves a content URI for a later upload.
     *
     * @throws MatrixException 429 when the user has too many reservations, 507 when there is no space left
     */
    public PendingMedia create(UserId uploader) {
        spools.space().require(0);
        return reservations.create(uploader);
    }

    /**
     * Stores the content of a reserved URI. A failed upload leaves the reservation. Completes and fails as {@link
     * #upload}.
     *
     * @throws MatrixException 404 for an id of another server or without reservation, 403 for another user's, 409 when
     *     its content is uploaded, 404 when it has expired, 409 while another upload to it runs, in this order; then as
     *     {@link #upload}
     */
    public CompletionStage<Media> complete(Mxc mxc, Upload upload) throws IOException {
        Reservations.HeldLock lock = reservations.lock(mxc, upload.uploader());
        try {
            check(upload);
            return receive(mxc, upload, Optional.of(lock.lock())).whenComplete((stored, failure) -> lock.close());
        } catch (IOException | RuntimeException failure) {
            lock.close();
            throw failure;
        }
    }

    private void check(Upload upload) {
        rules.check(upload);
        spools.space().require(upload.declaredSize().orElse(0));
    }

    private CompletionStage<Media> receive(Mxc mxc, Upload upload, Optional<UploadLock> lock) throws IOException {
        return spools.receive(upload.body(), rules.maxSize(upload.uploader()))
                .thenApply(spool -> store(mxc, upload, lock, spool));
    }

    private Media store(Mxc mxc, Upload upload, Optional<UploadLock> lock, Spool received) {
        try (Spool spool = received) {
            Media added = blobs.store(spool, location -> media.add(media(mxc, upload, spool, location), lock));
            stored.increment();
            log.info("{} uploaded {}, {} bytes of {}", upload.uploader(), mxc, added.size(), added.contentType());
            return added;
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private Media media(Mxc mxc, Upload upload, Spool spool, BlobLocation location) {
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
