package io.mediakeep.migrate.archive;

import io.mediakeep.blob.BlobId;
import io.mediakeep.blob.BlobLocation;
import io.mediakeep.migrate.source.SourceRow;

/**
 * A stored media item that is archived.
 *
 * @param row what is known of it
 * @param damaged whether its content is known to be lost or damaged; then it is not in the archive
 */
public record ArchivedMedia(SourceRow row, BlobLocation blob, boolean damaged) {

    /** The hash of its content. */
    public BlobId hash() {
        return blob.id();
    }
}
