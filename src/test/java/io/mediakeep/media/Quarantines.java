package io.mediakeep.media;

import io.mediakeep.admin.Quarantine;
import io.mediakeep.matrix.UserId;
import io.mediakeep.media.quarantine.HashRestrictionCatalog;
import io.mediakeep.thumbnail.ThumbnailCatalog;

/** Quarantine of the media of a {@link MediaNode}, assembled as in the server. */
public final class Quarantines {
    /** Who quarantines. */
    public static final UserId ADMIN = new UserId("@admin:example.org");

    private static final int MAX_VARIANTS = 16;

    private Quarantines() {}

    /** The quarantine of a node. */
    public static Quarantine of(MediaNode node) {
        return new Quarantine(
                MediaNode.LOCAL,
                new QuarantineCatalog(node.transactions, node.database.announcements(), hashes(node)),
                new ThumbnailCatalog(
                        node.transactions, node.database.announcements(), node.blobCatalog, MAX_VARIANTS, node.clock),
                node.database.announcements());
    }

    /** The restricted hashes of a node. */
    public static HashRestrictionCatalog hashes(MediaNode node) {
        return new HashRestrictionCatalog(node.transactions, node.clock);
    }
}
