package io.mediakeep.blob;

import java.nio.file.Path;

/** Where the bytes are kept. */
public sealed interface BlobSettings {

    /** As files below a folder. */
    record Disk(Path root) implements BlobSettings {

        /** Where files are kept when nobody said. */
        public static Disk in(Path dataDir) {
            return new Disk(dataDir.resolve("blobs"));
        }
    }

    /** As rows in the database. */
    record Database() implements BlobSettings {}
}
