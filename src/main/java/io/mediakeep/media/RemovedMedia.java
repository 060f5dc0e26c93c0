package io.mediakeep.media;

import io.mediakeep.matrix.Mxc;
import java.util.List;

/**
 * Media that was removed.
 *
 * @param bytes its total size; what that frees in the blob store is less where other media has the same content
 */
public record RemovedMedia(List<Mxc> media, long bytes) {

    /** Copies the list. */
    public RemovedMedia {
        media = List.copyOf(media);
    }

    /** What the removal of these rows removes. */
    public static RemovedMedia of(List<MediaRow> rows) {
        return new RemovedMedia(rows.stream().map(MediaRow::mxc).toList(), MediaRow.bytes(rows));
    }
}
