package io.mediakeep.media.blob;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.BlobStore;
import io.mediakeep.blob.BlobVerification;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records which blobs are lost or damaged. They are not served until the same content is stored again. */
public final class BlobDamage {
    private static final Logger log = LoggerFactory.getLogger(BlobDamage.class);

    private final BlobStore store;
    private final BlobIntegrityCatalog catalog;

    BlobDamage(BlobStore store, BlobIntegrityCatalog catalog) {
        this.store = store;
        this.catalog = catalog;
    }

    /**
     * Records that a blob is damaged, and logs it, unless that is known. An upload may be repairing it at the same
     * time: it puts the bytes before it marks them intact, so verifying them once more after marking them damaged
     * detects that.
     *
     * @param size the expected number of bytes
     * @return whether the blob is damaged and was not known to be
     */
    public boolean recordDamaged(BlobLocation location, long size) {
        if (!catalog.markDamaged(location)) {
            return false;
        }
        boolean intact = true; // also when the verification fails, since the store may have failed
        try {
            intact = BlobVerification.isIntact(store, location, size);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            if (intact) {
                catalog.markIntact(location);
            }
        }
        if (!intact) {
            log.error(
                    "The blob {} of {} bytes is lost or damaged; it is not served until the same content is uploaded again",
                    location,
                    size);
        }
        return !intact;
    }

    /** Records that a damaged blob was found intact, as after an operator has restored its file. */
    public void recordIntact(BlobLocation location) {
        catalog.markIntact(location);
        log.info("The blob {} was damaged, and is intact again", location);
    }
}
