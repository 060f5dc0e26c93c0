package io.mediakeep.media.blob;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.persistence.Transactions;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What may have to be removed from the blob store, and from when on. A removal deletes the row that stands for the bytes,
 * then the bytes, then the candidate; since no later bytes have their location, any node may repeat any step of it.
 */
public final class RemovalCatalog {
    private final Transactions transactions;
    private final BlobReferenceCatalog pointers;
    private final Clock clock;

    /**
     * The catalog in a database.
     *
     * @param clock the database's own, which all nodes share
     */
    public RemovalCatalog(Transactions transactions, BlobReferenceCatalog pointers, Clock clock) {
        this.transactions = transactions;
        this.pointers = pointers;
        this.clock = clock;
    }

    /** The candidates that are due, oldest first, at most so many. */
    public List<BlobLocation> due(int most) {
        return transactions.call(entities -> entities.createQuery(
                        "select c.location from RemovalCandidateEntity c where c.dueAt <= :now order by c.dueAt",
                        String.class)
                .setParameter("now", clock.millis())
                .setMaxResults(most)
                .getResultStream()
                .map(BlobLocation::new)
                .toList());
    }

    /**
     * Deletes the row that stands for the bytes, unless something points at them; also true when that was done before.
     * Then the bytes have to be removed. It is on stable storage by then: a row whose bytes are gone must not come back.
     */
    public boolean begin(BlobLocation location) {
        return transactions.callDurably(entities -> {
            BlobEntity row = entities.find(BlobEntity.class, location.id().sha256(), LockModeType.PESSIMISTIC_WRITE);
            if (row == null || !row.location().equals(location)) {
                return true;
            }
            if (pointers.to(entities, location.id())) {
                forget(entities, location);
                return false;
            }
            add(entities, location, clock.instant());
            entities.remove(row);
            return true;
        });
    }

    /** The bytes are removed. */
    void end(BlobLocation location) {
        transactions.run(entities -> forget(entities, location));
    }

    /** The bytes could not be removed; they are due again after a while. */
    void retryAfter(Duration pause, BlobLocation location) {
        transactions.run(
                entities -> postpone(entities, location, clock.instant().plus(pause)));
    }

    /** Within a transaction: the location is a candidate; if it is one already, nothing changes. */
    public static void add(EntityManager entities, BlobLocation location, Instant dueAt) {
        if (entities.find(RemovalCandidateEntity.class, location.value()) == null) {
            entities.persist(new RemovalCandidateEntity(location, dueAt));
        }
    }

    /**
     * Within a transaction: the location is a candidate, and not due before that time. The cast is for H2, which takes a
     * bare parameter here for text.
     */
    static void postpone(EntityManager entities, BlobLocation location, Instant dueAt) {
        entities.createQuery(
                        "insert into RemovalCandidateEntity (location, dueAt) values (:location, cast(:due as Long))"
                                + " on conflict (location) do update set dueAt = excluded.dueAt")
                .setParameter("location", location.value())
                .setParameter("due", dueAt.toEpochMilli())
                .executeUpdate();
    }

    /** Within a transaction: the location is no candidate. */
    static void forget(EntityManager entities, BlobLocation location) {
        entities.createQuery("delete from RemovalCandidateEntity where location = :location")
                .setParameter("location", location.value())
                .executeUpdate();
    }
}
