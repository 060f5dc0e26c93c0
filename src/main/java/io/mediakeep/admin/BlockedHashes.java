package io.mediakeep.admin;

import io.mediakeep.blob.BlobId;
import io.mediakeep.matrix.UserId;
import io.mediakeep.media.quarantine.HashRestriction;
import io.mediakeep.media.quarantine.HashRestrictionCatalog;
import io.mediakeep.media.quarantine.RestrictedHash;
import io.mediakeep.persistence.Batches;
import io.mediakeep.thumbnail.ThumbnailCatalog;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The hashes whose content is not stored. Media that is stored already is served until it is deleted or quarantined;
 * thumbnails are removed.
 */
public final class BlockedHashes {
    /** How many hashes are changed in one transaction. */
    private static final int BATCH = 500;

    private final HashRestrictionCatalog hashes;
    private final ThumbnailCatalog thumbnails;

    /** The blocked hashes in a catalog. */
    public BlockedHashes(HashRestrictionCatalog hashes, ThumbnailCatalog thumbnails) {
        this.hashes = hashes;
        this.thumbnails = thumbnails;
    }

    /**
     * At most {@code max} blocked hashes, in order.
     *
     * @param after the hash that they follow, in hexadecimal digits; empty for the first
     */
    public List<RestrictedHash> list(String after, int max) {
        return hashes.list(HashRestriction.BLOCKED, after, max);
    }

    /** Blocks hashes, each for a reason, if there is one. What is blocked already gets the new reason. */
    public void block(Map<BlobId, Optional<String>> reasons, UserId by) {
        List<Map.Entry<BlobId, Optional<String>>> all = List.copyOf(reasons.entrySet());
        for (int from = 0; from < all.size(); from += BATCH) {
            List<Map.Entry<BlobId, Optional<String>>> batch = all.subList(from, Math.min(from + BATCH, all.size()));
            hashes.block(batch, by);
            List<BlobId> ids = batch.stream().map(Map.Entry::getKey).toList();
            Batches.run(BATCH, max -> thumbnails.removeWithContent(ids, max).size());
        }
    }

    /** Unblocks a hash; returns whether it was blocked. */
    public boolean unblock(BlobId id) {
        return hashes.unblock(id);
    }
}
