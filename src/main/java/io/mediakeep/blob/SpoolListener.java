package io.mediakeep.blob;

import java.nio.file.Path;

/** Watches bytes that are being received, so that they can be read while they come. It must be quick. */
public interface SpoolListener {
    /** Nobody watches. */
    SpoolListener UNWATCHED = new SpoolListener() {
        @Override
        public void began(Path file) {
            // nobody reads along
        }

        @Override
        public void grew(long size) {
            // nobody reads along
        }

        @Override
        public void ended() {
            // nobody reads along
        }
    };

    /** They go into this file, which is empty yet. */
    void began(Path file);

    /** So many bytes are in the file by now. */
    void grew(long size);

    /** All bytes are in the file, though not yet on the disk. */
    void ended();
}
