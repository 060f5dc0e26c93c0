package io.mediakeep.integrity;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.media.blob.StoredBlob;

/**
 * A difference between rows and store.
 *
 * @param size in bytes, as the row says; 0 where there is no row
 */
record Finding(Kind kind, BlobLocation location, long size) {

    /** What is different. */
    enum Kind {
        MISSING("The bytes are missing", "the blob is marked as lost"),
        WRONG_SIZE("The bytes have another size than they had", "the blob is marked as damaged"),
        WRONG_HASH("The bytes do not have the hash of their name", "the blob is marked as damaged"),
        UNREADABLE("The bytes cannot be read", ""),
        INTACT("The blob is marked as damaged, and is intact", "the mark is removed"),
        UNREFERENCED("Nothing refers to the blob", "it is removed"),
        ORPHAN("No row refers to the bytes", "they are removed");

        private final String text;
        private final String repair;

        Kind(String text, String repair) {
            this.text = text;
            this.repair = repair;
        }

        /** A sentence without its full stop. */
        String text(boolean repaired) {
            return repaired && !repair.isEmpty() ? text + "; " + repair : text;
        }

        /** Whether a blob with a row is lost. */
        boolean isDamage() {
            return this == MISSING || this == WRONG_SIZE || this == WRONG_HASH;
        }

        /** Whether nothing needs the bytes. */
        boolean isUnused() {
            return this == UNREFERENCED || this == ORPHAN;
        }
    }

    /** About a blob that has a row. */
    static Finding of(Kind kind, StoredBlob blob) {
        return new Finding(kind, blob.location(), blob.size());
    }
}
