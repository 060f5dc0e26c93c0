package io.mediakeep.media.upload;

import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.UserId;
import io.mediakeep.media.MediaIds;
import io.mediakeep.media.PendingCatalog;
import io.mediakeep.media.PendingMedia;
import io.mediakeep.media.UploadLock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Content URIs handed out before their content, and the uploads to them that run on this node: each holds a claim, which
 * is kept alive for as long as the upload runs.
 */
public final class Reservations {
    private static final Logger log = LoggerFactory.getLogger(Reservations.class);

    private final MediaIds ids;
    private final PendingCatalog catalog;
    private final Set<UploadLock> held = ConcurrentHashMap.newKeySet();

    /** The reservations in a catalog, under ids of our own. */
    public Reservations(MediaIds ids, PendingCatalog catalog) {
        this.ids = ids;
        this.catalog = catalog;
    }

    /** Hands out a URI, unless the user has too many of them open. */
    PendingMedia create(UserId uploader) {
        return catalog.create(ids.next(), uploader);
    }

    /** Claims one of our URIs for an upload; closing gives it back, which changes nothing once its content is there. */
    Held claim(Mxc mxc, UserId uploader) {
        if (!mxc.server().equals(ids.home())) {
            throw MatrixException.notFound();
        }
        UploadLock claim = catalog.claim(mxc, uploader);
        held.add(claim);
        return new Held(claim);
    }

    /** Makes the claims of all running uploads hold on. To be called several times per lease. */
    public void renew() {
        if (!held.isEmpty()) {
            catalog.renew(Set.copyOf(held));
        }
    }

    /** A claim for the duration of a block. */
    final class Held implements AutoCloseable {
        private final UploadLock claim;

        private Held(UploadLock claim) {
            this.claim = claim;
        }

        UploadLock claim() {
            return claim;
        }

        /** A claim that cannot be released now ends by itself, with its lease. */
        @Override
        public void close() {
            held.remove(claim);
            try {
                catalog.release(claim);
            } catch (RuntimeException failure) {
                log.warn("The claim to a content URI could not be released: {}", failure.getMessage());
            }
        }
    }
}
