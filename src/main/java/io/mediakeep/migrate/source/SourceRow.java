package io.mediakeep.migrate.source;

import io.mediakeep.blob.BlobId;
import io.mediakeep.blob.BlobLocation;
import io.mediakeep.matrix.ContentType;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.matrix.UserId;
import io.mediakeep.media.AdoptedMedia;
import io.mediakeep.media.Media;
import java.time.Instant;
import java.util.Optional;

/**
 * One media item of a source.
 *
 * @param uploader absent for media of other servers
 * @param size in bytes; it may differ from that of the file
 * @param hash absent where the source has none
 * @param path of its file, below the media store
 */
public record SourceRow(
        Mxc mxc,
        Optional<UserId> uploader,
        ContentType contentType,
        Optional<String> fileName,
        long size,
        Optional<BlobId> hash,
        Instant createdAt,
        Instant lastAccessAt,
        Access access,
        String path)
        implements SourceEntry {

    /**
     * The media, with its content elsewhere.
     *
     * @param fileSize of the file, in bytes
     */
    public AdoptedMedia at(BlobLocation blob, long fileSize, ServerName localServer) {
        boolean remote = !mxc.server().equals(localServer);
        Media media = new Media(
                mxc,
                uploader.filter(user -> !remote),
                contentType,
                fileName,
                fileSize,
                blob,
                createdAt,
                access.authenticatedOnly(),
                access.quarantined());
        return new AdoptedMedia(media, remote, lastAccessAt, access.quarantinedBy(), access.safeFromQuarantine());
    }

    /**
     * Who may have it, and whether it is imported.
     *
     * @param quarantinedBy who quarantined it, where it is known
     * @param safeFromQuarantine whether it is protected from quarantine
     * @param authenticatedOnly whether it is hidden from endpoints without an access token
     * @param preview whether it belongs to a URL preview: it is served, and not adopted
     */
    public record Access(
            boolean quarantined,
            Optional<UserId> quarantinedBy,
            boolean safeFromQuarantine,
            boolean authenticatedOnly,
            boolean preview) {}
}
