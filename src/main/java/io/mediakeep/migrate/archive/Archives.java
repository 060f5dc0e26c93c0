package io.mediakeep.migrate.archive;

import io.mediakeep.blob.BlobId;
import io.mediakeep.media.MediaPosition;
import io.mediakeep.media.blob.BlobReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Writes archives part by part. A part is determined by the position that it follows and its maximum size, so that none
 * has to be stored: whatever was stored or removed in between, no item is in two of them, and none that stays is
 * missing.
 */
public final class Archives {
    /** The largest number of items of a part, whose manifest is in memory. */
    static final int MAX_ITEMS = 1_000;

    private final ArchiveCatalog catalog;
    private final BlobReader reader;

    /** @param reader reads the content */
    public Archives(ArchiveCatalog catalog, BlobReader reader) {
        this.catalog = catalog;
        this.reader = reader;
    }

    /**
     * The part after a position.
     *
     * @param maxBytes how much content it has, unless it is that of a single item
     */
    public ArchivePart part(ArchiveScope scope, MediaPosition after, long maxBytes) {
        List<ArchivedMedia> media = new ArrayList<>();
        Set<BlobId> contents = new HashSet<>();
        long bytes = 0;
        for (ArchivedMedia item : catalog.after(after, scope, MAX_ITEMS + 1)) {
            bytes += item.damaged() || !contents.add(item.hash())
                    ? 0
                    : item.row().size();
            if (media.size() == MAX_ITEMS || (!media.isEmpty() && bytes > maxBytes)) {
                MediaPosition last = ArchiveCatalog.positionOf(media.get(media.size() - 1), scope);
                return new ArchivePart(media, Optional.of(last), reader);
            }
            media.add(item);
        }
        return new ArchivePart(media, Optional.empty(), reader);
    }
}
