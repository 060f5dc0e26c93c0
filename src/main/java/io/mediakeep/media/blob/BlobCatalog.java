package io.mediakeep.media.blob;

import io.mediakeep.blob.BlobId;
import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.Spool;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.persistence.Transactions;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rows of the blobs in the blob store. An upload registers its blob, puts the bytes, and then adds its media row
 * only if the registered row still exists. What may have become removable is recorded where that happens: {@link
 * RemovalCatalog} scans nothing else.
 */
public final class BlobCatalog {
    /** How long a registered blob may be unreferenced, as that of a running upload is. */
    public static final Duration GRACE = Duration.ofHours(1);

    private final Transactions transactions;
    private final BlobReferenceCatalog references;
    private final Clock clock;
    private final LongAdder deduplicated = new LongAdder();

    /**
     * The catalog in a database.
     *
     * @param clock the database's own, which all nodes share
     */
    public BlobCatalog(Transactions transactions, BlobReferenceCatalog references, Clock clock) {
        this.transactions = transactions;
        this.references = references;
        this.clock = clock;
    }

    /**
     * Registers a blob before its bytes are put, and returns their location. This is durable before the bytes are:
     * nothing would lead to bytes whose row was lost in a crash. For an existing blob it writes as much as for a new
     * one, so that timing does not reveal whether the content is stored already.
     */
    public BlobLocation register(BlobId id, long size) {
        Registration registration = transactions.callDurably(entities -> register(entities, id, size));
        if (registration.known()) {
            deduplicated.increment();
        }
        return registration.location();
    }

    /** As {@link #register(BlobId, long)}, for several blobs in one transaction, in the order of their hashes. */
    Map<BlobId, BlobLocation> registerAll(Collection<Spool> spools) {
        return transactions.callDurably(entities -> {
            Map<BlobId, BlobLocation> locations = new HashMap<>();
            spools.stream()
                    .sorted(Comparator.comparing(spool -> spool.id().sha256()))
                    .forEach(spool -> locations.computeIfAbsent(
                            spool.id(),
                            id -> register(entities, id, spool.size()).location()));
            return locations;
        });
    }

    private Registration register(EntityManager entities, BlobId id, long size) {
        BlobEntity row = entities.find(BlobEntity.class, id.sha256());
        boolean known = row != null;
        if (row == null) {
            row = new BlobEntity(id, size, clock.instant());
            entities.persist(row);
        }
        RemovalCatalog.postpone(entities, row.location(), clock.instant().plus(GRACE));
        return new Registration(row.location(), known);
    }

    private record Registration(BlobLocation location, boolean known) {}

    /** Those of the blobs that are registered, which no removal has begun for. */
    public Set<BlobLocation> registered(Set<BlobLocation> locations) {
        List<String> hashes =
                locations.stream().map(location -> location.id().sha256()).toList();
        return transactions.call(
                entities -> entities.createQuery("select b from BlobEntity b where b.hash in :hashes", BlobEntity.class)
                        .setParameter("hashes", hashes)
                        .getResultStream()
                        .map(BlobEntity::location)
                        .filter(locations::contains)
                        .collect(Collectors.toSet()));
    }

    /** How many of the blobs registered since the start were stored already. */
    public long deduplicated() {
        return deduplicated.sum();
    }

    /**
     * Within the transaction that adds a reference to a blob whose bytes have just been put: whether the registered row
     * still exists. If so, the row is locked until the end, is no candidate for removal any more, and is marked intact.
     */
    public static boolean addReference(EntityManager entities, BlobLocation location) {
        BlobEntity row = entities.find(BlobEntity.class, location.id().sha256(), LockModeType.PESSIMISTIC_READ);
        if (row == null || !row.location().equals(location)) {
            return false;
        }
        RemovalCatalog.remove(entities, location);
        row.markIntact();
        return true;
    }

    /**
     * Within a transaction: waits for the transactions that are adding references to these blobs, by the lock that
     * {@link #addReference} takes.
     */
    public static void awaitReferences(EntityManager entities, Collection<BlobId> blobs) {
        entities.createQuery("select b from BlobEntity b where b.hash in :hashes order by b.hash", BlobEntity.class)
                .setParameter("hashes", blobs.stream().map(BlobId::sha256).toList())
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList();
    }

    /**
     * Within the transaction that deletes media, before it does: records that its blobs and those of its thumbnails may
     * be removable.
     */
    public void release(EntityManager entities, Collection<Mxc> media) {
        release(entities, references.of(entities, media));
    }

    /**
     * Within the transaction that deletes references to blobs: records that these may be removable. The lock makes a
     * concurrent removal see the change; locks are taken in the order of the hashes, which prevents deadlocks.
     */
    public void release(EntityManager entities, Stream<BlobId> blobs) {
        List<String> hashes = blobs.map(BlobId::sha256).distinct().toList();
        if (!hashes.isEmpty()) {
            entities.createQuery("select b from BlobEntity b where b.hash in :hashes order by b.hash", BlobEntity.class)
                    .setParameter("hashes", hashes)
                    .setLockMode(LockModeType.PESSIMISTIC_READ)
                    .getResultList();
            RemovalCatalog.add(entities, hashes, clock.instant());
        }
    }
}
