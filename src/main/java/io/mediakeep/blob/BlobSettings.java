package io.mediakeep.blob;

import java.nio.file.Path;

/** The kind of blob store, and its settings. */
public sealed interface BlobSettings permits BlobSettings.Disk, BlobSettings.Database, S3Settings {

    /** Files below a directory. */
    record Disk(Path root) implements BlobSettings {

        /** The default directory. */
        public static Disk in(Path dataDir) {
            return new Disk(dataDir.resolve("blobs"));
        }
    }

    /** Rows in the database. */
    record Database() implements BlobSettings {}
}
