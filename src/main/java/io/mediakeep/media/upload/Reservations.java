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
 * Reserved content URIs, and the locks of the uploads to them that run on this node. A lock is renewed for as long as
 * its upload runs.
 */
public final class Reservations {
    private static final Logger log = LoggerFactory.getLogger(Reservations.class);

    /** The maximum number of locks to be released later; others expire with their lease. */
    private static final int MAX_UNRELEASED = 1000;

    private final MediaIds ids;
    private final PendingCatalog catalog;
    private final Set<UploadLock> locks = ConcurrentHashMap.newKeySet();

    /** Those of uploads that ended while the database was not available. */
    private final Set<UploadLock> unreleased = ConcurrentHashMap.newKeySet();

    /** Reservations in a catalog, under generated ids. */
    public Reservations(MediaIds ids, PendingCatalog catalog) {
        this.ids = ids;
        this.catalog = catalog;
    }

    /** Reserves a URI, unless the user has too many. */
    PendingMedia create(UserId uploader) {
        return catalog.create(ids.next(), uploader);
    }

    /** Locks a local URI for an upload. Closing releases the lock, which has no effect once the content is uploaded. */
    HeldLock lock(Mxc mxc, UserId uploader) {
        if (!mxc.server().equals(ids.localServer())) {
            throw MatrixException.notFound();
        }
        releaseEnded();
        UploadLock lock = catalog.lock(mxc, uploader);
        locks.add(lock);
        return new HeldLock(lock);
    }

    /** Renews the locks of all running uploads. To be called several times per lease. */
    public void renew() {
        if (!locks.isEmpty()) {
            catalog.renew(Set.copyOf(locks));
        }
    }

    /** An upload lock for the duration of a block. */
    final class HeldLock implements AutoCloseable {
        private final UploadLock lock;

        private HeldLock(UploadLock lock) {
            this.lock = lock;
        }

        UploadLock lock() {
            return lock;
        }

        /** A lock that cannot be released now is released before the next one is acquired. */
        @Override
        public void close() {
            locks.remove(lock);
            if (unreleased.size() < MAX_UNRELEASED) {
                unreleased.add(lock);
            }
            try {
                releaseEnded();
            } catch (RuntimeException failure) {
                log.warn("The lock of an upload could not be released yet: {}", failure.getMessage());
            }
        }
    }

    private void releaseEnded() {
        unreleased.removeIf(ended -> {
            catalog.release(ended);
            return true;
        });
    }
}
