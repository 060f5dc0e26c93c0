package io.mediakeep.media.blob;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.BlobStore;
import io.mediakeep.blob.BlobVerification;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bytes that turn out to be lost or damaged: they are not handed out until the same bytes are put again. */
public final class BlobDamage {
    private static final Logger log = LoggerFactory.getLogger(BlobDamage.class);

    private final BlobStore store;
    private final BlobIntegrityCatalog catalog;

    BlobDamage(BlobStore store, BlobIntegrityCatalog catalog) {
        this.store = store;
        this.catalog = catalog;
    }

    /**
     * Notes that bytes are damaged, if that was not known, and logs it. An upload may be mending them at the same time;
     * it puts the bytes before it notes that they are sound, so that reading them once more after our own note shows it.
     *
     * @param size how many bytes there should be
     * @return whether they are damaged, and nobody knew
     */
    public boolean found(BlobLocation location, long size) {
        if (!catalog.mark(location)) {
            return false;
        }
        boolean mended = true; // unless they are certainly damaged: the store may have failed
        try {
            mended = BlobVerification.isSound(store, location, size);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            if (mended) {
                catalog.clear(location);
            }
        }
        if (!mended) {
            log.error(
                    "The blob {} of {} bytes is lost or damaged; it is not served until the same bytes come again",
                    location,
                    size);
        }
        return !mended;
    }

    /** Bytes that were damaged turned out to be sound: somebody put them right past us. */
    public void repaired(BlobLocation location) {
        catalog.clear(location);
        log.info("The blob {} was damaged, and is sound again", location);
    }
}
