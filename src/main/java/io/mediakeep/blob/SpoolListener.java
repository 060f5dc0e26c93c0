package io.mediakeep.blob;

import java.nio.file.Path;

/**
 * Is notified while a body is received, so that it can be read in the meantime. {@link #onStart} and
 * {@link #onWrite} must not block.
 */
public interface SpoolListener {
    /** Without effect. */
    SpoolListener NONE = new SpoolListener() {
        @Override
        public void onStart(Path file) {
            // no effect
        }

        @Override
        public void onWrite(long size) {
            // no effect
        }

        @Override
        public void onComplete(BlobId id) {
            // no effect
        }
    };

    /** The body is written to this file, which is empty yet. */
    void onStart(Path file);

    /** The file has this size now. */
    void onWrite(long size);

    /** The file is complete, but not forced to disk yet; its bytes have this hash. An exception fails the receiving. */
    void onComplete(BlobId id);
}
