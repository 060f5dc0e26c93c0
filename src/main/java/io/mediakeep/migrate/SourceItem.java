package io.mediakeep.migrate;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.media.AdoptedMedia;
import io.mediakeep.media.Media;
import io.mediakeep.migrate.source.ImportSource;
import io.mediakeep.migrate.source.SourceRow;

/** A row, and the source that it is in. */
record SourceItem(ImportSource source, SourceRow row) {

    /**
     * The media, with its content elsewhere.
     *
     * @param size in bytes, as the file has it
     */
    AdoptedMedia at(BlobLocation blob, long size, ServerName localServer) {
        boolean remote = !row.mxc().server().equals(localServer);
        Media media = new Media(
                row.mxc(),
                row.uploader().filter(user -> !remote),
                row.contentType(),
                row.fileName(),
                size,
                blob,
                row.createdAt(),
                row.access().authenticatedOnly(),
                row.access().quarantined());
        return new AdoptedMedia(
                media,
                remote,
                row.lastAccessAt(),
                row.access().quarantinedBy(),
                row.access().safeFromQuarantine());
    }
}
