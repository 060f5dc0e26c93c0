package io.mediakeep.media.blob;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.persistence.Transactions;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * The candidates for removal from the blob store, and when each is due. A removal deletes the blob's row, then the
 * bytes, then the candidate; since no later blob has the same location, any node may repeat any step.
 */
public final class RemovalCatalog {
    private final Transactions transactions;
    private final BlobReferenceCatalog references;
    private final Clock clock;

    /**
     * The catalog in a database.
     *
     * @param clock the database's own, which all nodes share
     */
    public RemovalCatalog(Transactions transactions, BlobReferenceCatalog references, Clock clock) {
        this.transactions = transactions;
        this.references = references;
        this.clock = clock;
    }

    /** At most {@code max} due candidates, oldest first. */
    public List<BlobLocation> due(int max) {
        return transactions.call(entities -> entities.createQuery(
                        "select c.location from RemovalCandidateEntity c where c.dueAt <= :now order by c.dueAt",
                        String.class)
                .setParameter("now", clock.millis())
                .setMaxResults(max)
                .getResultStream()
                .map(BlobLocation::new)
                .toList());
    }

    /**
     * Deletes the row of a blob unless it is referenced; also true when that was done before. Then the bytes have to be
     * removed. The deletion is durable on return: a row whose bytes are gone must not come back.
     */
    public boolean begin(BlobLocation location) {
        return transactions.callDurably(entities -> {
            BlobEntity row = entities.find(BlobEntity.class, location.id().sha256(), LockModeType.PESSIMISTIC_WRITE);
            if (row == null || !row.location().equals(location)) {
                return true;
            }
            if (references.exist(entities, location.id())) {
                remove(entities, location);
                return false;
            }
            add(entities, location, clock.instant());
            entities.remove(row);
            return true;
        });
    }

    /** Records that the bytes are removed. */
    void end(BlobLocation location) {
        transactions.run(entities -> remove(entities, location));
    }

    /** Records that the bytes could not be removed, and when to retry. */
    void retryAfter(Duration pause, BlobLocation location) {
        transactions.run(
                entities -> postpone(entities, location, clock.instant().plus(pause)));
    }

    /** Within a transaction: adds a candidate unless it exists. */
    public static void add(EntityManager entities, BlobLocation location, Instant dueAt) {
        if (entities.find(RemovalCandidateEntity.class, location.value()) == null) {
            entities.persist(new RemovalCandidateEntity(location, dueAt));
        }
    }

    /** Within a transaction: adds blobs of these hashes as candidates, unless they are. */
    static void add(EntityManager entities, Collection<String> hashes, Instant dueAt) {
        entities.createQuery("insert into RemovalCandidateEntity (location, dueAt)"
                        + " select b.location, cast(:due as Long) from BlobEntity b where b.hash in :hashes and not exists"
                        + " (select c.location from RemovalCandidateEntity c where c.location = b.location)")
                .setParameter("due", dueAt.toEpochMilli())
                .setParameter("hashes", hashes)
                .executeUpdate();
    }

    /**
     * Within a transaction: adds a candidate that is not due before a time, or postpones it. H2 takes a bare parameter
     * for text here, hence the cast.
     */
    static void postpone(EntityManager entities, BlobLocation location, Instant dueAt) {
        entities.createQuery(
                        "insert into RemovalCandidateEntity (location, dueAt) values (:location, cast(:due as Long))"
                                + " on conflict (location) do update set dueAt = excluded.dueAt")
                .setParameter("location", location.value())
                .setParameter("due", dueAt.toEpochMilli())
                .executeUpdate();
    }

    /** Within a transaction: removes a candidate. */
    static void remove(EntityManager entities, BlobLocation location) {
        entities.createQuery("delete from RemovalCandidateEntity where location = :location")
                .setParameter("location", location.value())
                .executeUpdate();
    }
}
