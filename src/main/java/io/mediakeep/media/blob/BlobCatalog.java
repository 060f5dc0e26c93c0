package io.mediakeep.media.blob;

import io.mediakeep.blob.BlobId;
import io.mediakeep.blob.BlobLocation;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.persistence.Transactions;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.stream.Stream;

/**
 * The rows that stand for bytes in the blob store. An upload registers its blob, puts the bytes, and then adds its media
 * row only if the registered row is still there. What may be removed is written down where it becomes so:
 * {@link RemovalCatalog} reads nothing else.
 */
public final class BlobCatalog {
    /** How long registered bytes may lie without anything that points at them, as those of a running upload do. */
    public static final Duration GRACE = Duration.ofHours(1);

    private final Transactions transactions;
    private final BlobReferenceCatalog pointers;
    private final Clock clock;

    /**
     * The catalog in a database.
     *
     * @param clock the database's own, which all nodes share
     */
    public BlobCatalog(Transactions transactions, BlobReferenceCatalog pointers, Clock clock) {
        this.transactions = transactions;
        this.pointers = pointers;
        this.clock = clock;
    }

    /**
     * Registers that bytes are about to be put, and answers where. That is durable before the bytes are: nothing would
     * lead to bytes whose row was lost in a crash. For known bytes it writes as much as for others, so that nobody can tell
     * from the time it takes that they were known.
     */
    public BlobLocation register(BlobId id, long size) {
        return transactions.callDurably(entities -> {
            BlobEntity row = entities.find(BlobEntity.class, id.sha256());
            if (row == null) {
                row = new BlobEntity(id, size, clock.instant());
                entities.persist(row);
            }
            RemovalCatalog.postpone(entities, row.location(), clock.instant().plus(GRACE));
            return row.location();
        });
    }

    /**
     * Within the transaction that adds a row which points at a blob whose bytes were put just now: whether the registered
     * row is still there. If so it stays until the end, is no candidate for removal any more, and its bytes are sound.
     */
    public static boolean pointAt(EntityManager entities, BlobLocation location) {
        BlobEntity row = entities.find(BlobEntity.class, location.id().sha256(), LockModeType.PESSIMISTIC_READ);
        if (row == null || !row.location().equals(location)) {
            return false;
        }
        RemovalCatalog.forget(entities, location);
        row.mended();
        return true;
    }

    /** Within the transaction that deletes media, before it does: its blobs, and those of what is made of it, may go. */
    public void release(EntityManager entities, Collection<Mxc> media) {
        release(entities, media.stream().flatMap(mxc -> pointers.of(entities, mxc)));
    }

    /**
     * Within the transaction that deletes rows which point at blobs: these may go. The lock keeps a removal that looks
     * at them just now from missing that; all take the locks in one order.
     */
    public void release(EntityManager entities, Stream<BlobId> blobs) {
        blobs.map(BlobId::sha256).distinct().sorted().toList().forEach(hash -> {
            BlobEntity row = entities.find(BlobEntity.class, hash, LockModeType.PESSIMISTIC_READ);
            if (row != null) {
                RemovalCatalog.add(entities, row.location(), clock.instant());
            }
        });
    }
}
