package io.mediakeep.admin;

import io.mediakeep.blob.BlobId;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.matrix.UserId;
import io.mediakeep.media.QuarantineCatalog;
import io.mediakeep.media.quarantine.RestrictedHash;
import io.mediakeep.persistence.Announcements;
import io.mediakeep.thumbnail.ThumbnailCatalog;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Quarantine of media. It goes by content: with an item all stored media of the same content is quarantined, local and
 * remote, except what is protected, and so is what is received with this content later. On return no node serves it.
 */
public final class Quarantine {
    private static final Logger log = LoggerFactory.getLogger(Quarantine.class);

    /** How many hashes, and how many items, are changed in one transaction. */
    private static final int BATCH = 100;

    /** How many hashes of a user are read at once. */
    private static final int PAGE = 5_000;

    private final ServerName localServer;
    private final QuarantineCatalog media;
    private final ThumbnailCatalog thumbnails;
    private final Announcements announcements;

    /** Quarantine in these catalogs, announced to all nodes. */
    public Quarantine(
            ServerName localServer, QuarantineCatalog media, ThumbnailCatalog thumbnails, Announcements announcements) {
        this.localServer = localServer;
        this.media = media;
        this.thumbnails = thumbnails;
        this.announcements = announcements;
    }

    /**
     * Quarantines the content of an item; without effect for one that is protected. Another server's media that is not
     * stored is not fetched any more.
     *
     * @return how many items were quarantined by this
     */
    public int quarantine(Mxc mxc, UserId by) {
        return quarantine(List.of(mxc), by);
    }

    /** As {@link #quarantine(Mxc, UserId)}, for several items. */
    public int quarantine(Collection<Mxc> items, UserId by) {
        items.stream().filter(this::isRemote).forEach(mxc -> media.quarantineUri(mxc, by));
        List<BlobId> ids = items.stream()
                .map(media::unprotectedHashOf)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        int quarantined = quarantineContent(ids, by);
        awaitNodes();
        return quarantined;
    }

    /** Quarantines the content of all that a user has uploaded, except what is protected; returns how many items. */
    public int quarantineUser(UserId user, UserId by) {
        int quarantined = 0;
        List<BlobId> page = media.hashesOf(user, "", PAGE);
        while (!page.isEmpty()) {
            quarantined += quarantineContent(page, by);
            page = media.hashesOf(user, page.get(page.size() - 1).sha256(), PAGE);
        }
        awaitNodes();
        return quarantined;
    }

    private int quarantineContent(List<BlobId> ids, UserId by) {
        return inBatches(ids, batch -> {
            media.quarantineHashes(batch, by);
            untilNotFull(() -> thumbnails.removeWithContent(batch, BATCH));
            return untilNotFull(() -> media.quarantineStored(batch, by, BATCH));
        });
    }

    /**
     * Releases all media with the content of an item, and the content itself; of an item that is not stored only its URI.
     *
     * @return how many items were released
     */
    public int unquarantine(Mxc mxc) {
        if (isRemote(mxc)) {
            media.releaseUri(mxc);
        }
        int released = media.hashOf(mxc).map(this::releaseContent).orElse(0);
        awaitNodes();
        return released;
    }

    /** Releases content, and all media with it; returns how many items. */
    public int unquarantine(BlobId id) {
        int released = releaseContent(id);
        awaitNodes();
        return released;
    }

    private int releaseContent(BlobId id) {
        media.releaseHashes(List.of(id));
        return untilNotFull(() -> media.releaseStored(List.of(id), BATCH));
    }

    /**
     * At most {@code max} quarantined hashes, in order.
     *
     * @param after the hash that they follow, in hexadecimal digits; empty for the first
     */
    public List<RestrictedHash> hashes(String after, int max) {
        return media.quarantinedHashes(after, max);
    }

    private boolean isRemote(Mxc mxc) {
        return !mxc.server().equals(localServer);
    }

    /** Protects a local item from quarantine, or no longer; returns whether it exists. */
    public boolean protect(Mxc mxc, boolean safe) {
        return media.protect(mxc, safe);
    }

    private static int inBatches(List<BlobId> ids, Function<List<BlobId>, Integer> work) {
        int all = 0;
        for (int from = 0; from < ids.size(); from += BATCH) {
            all += work.apply(ids.subList(from, Math.min(from + BATCH, ids.size())));
        }
        return all;
    }

    private static int untilNotFull(Supplier<List<Mxc>> batch) {
        int all = 0;
        int changed;
        do {
            changed = batch.get().size();
            all += changed;
        } while (changed == BATCH);
        return all;
    }

    private void awaitNodes() {
        if (!announcements.awaitHandled()) {
            log.warn("A node has not confirmed a change of quarantine; it may serve cached media for one more minute");
        }
    }
}
