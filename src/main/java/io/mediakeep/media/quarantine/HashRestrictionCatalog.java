package io.mediakeep.media.quarantine;

import io.mediakeep.blob.BlobId;
import io.mediakeep.matrix.UserId;
import io.mediakeep.media.blob.BlobCatalog;
import io.mediakeep.persistence.Transactions;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The rows of {@link HashRestriction}s. */
public final class HashRestrictionCatalog {
    private final Transactions transactions;
    private final Clock clock;

    /** The catalog in a database. */
    public HashRestrictionCatalog(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Within a transaction: the restrictions of content. A transaction that stores content calls this after it has
     * locked the row of the blob ({@link io.mediakeep.media.blob.BlobCatalog#addReference}): then either it sees a
     * restriction, or what enforces the restriction sees what it has stored.
     */
    public static Set<HashRestriction> of(EntityManager entities, BlobId id) {
        return entities.createQuery(
                        "select r.restriction from HashRestrictionEntity r where r.hash = :hash", String.class)
                .setParameter("hash", id.sha256())
                .getResultStream()
                .map(HashRestriction::valueOf)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(HashRestriction.class)));
    }

    /** Within a transaction: which of these hashes have a restriction. */
    public static Set<BlobId> restricted(EntityManager entities, Collection<BlobId> ids, HashRestriction restriction) {
        return entities.createQuery(
                        "select r.hash from HashRestrictionEntity r"
                                + " where r.hash in :hashes and r.restriction = :restriction",
                        String.class)
                .setParameter("hashes", hashes(ids))
                .setParameter("restriction", restriction.name())
                .getResultStream()
                .map(BlobId::new)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Within a transaction: quarantines the content of these hashes, unless it is. */
    public void quarantine(EntityManager entities, Collection<BlobId> ids, UserId by) {
        Set<BlobId> existing = restricted(entities, ids, HashRestriction.QUARANTINED);
        ids.stream()
                .distinct()
                .filter(id -> !existing.contains(id))
                .forEach(id -> entities.persist(new HashRestrictionEntity(
                        id, HashRestriction.QUARANTINED, Optional.empty(), by, clock.instant())));
    }

    /**
     * Blocks hashes, each with a reason, in place of the reason it was blocked for. On return it is durable, and what was
     * stored with one of them before can be found.
     */
    public void block(Collection<Map.Entry<BlobId, Optional<String>>> reasons, UserId by) {
        transactions.callDurably(entities -> {
            reasons.forEach(entry -> entities.merge(new HashRestrictionEntity(
                    entry.getKey(), HashRestriction.BLOCKED, entry.getValue(), by, clock.instant())));
            return reasons.size();
        });
        List<BlobId> ids = reasons.stream().map(Map.Entry::getKey).toList();
        transactions.run(entities -> BlobCatalog.awaitReferences(entities, ids));
    }

    /** Unblocks a hash; returns whether it was blocked. */
    public boolean unblock(BlobId id) {
        return transactions.callDurably(entities -> remove(entities, List.of(id), HashRestriction.BLOCKED) > 0);
    }

    /** Within a transaction: removes a restriction of these hashes; returns how many had it. */
    public static int remove(EntityManager entities, Collection<BlobId> ids, HashRestriction restriction) {
        return entities.createQuery(
                        "delete from HashRestrictionEntity where hash in :hashes and restriction = :restriction")
                .setParameter("hashes", hashes(ids))
                .setParameter("restriction", restriction.name())
                .executeUpdate();
    }

    /**
     * At most {@code max} hashes with a restriction, in order.
     *
     * @param after the hash that they follow, in hexadecimal digits; empty for the first
     */
    public List<RestrictedHash> list(HashRestriction restriction, String after, int max) {
        return transactions.call(entities -> entities.createQuery(
                        "select r from HashRestrictionEntity r"
                                + " where r.restriction = :restriction and r.hash > :after order by r.hash",
                        HashRestrictionEntity.class)
                .setParameter("restriction", restriction.name())
                .setParameter("after", after)
                .setMaxResults(max)
                .getResultStream()
                .map(HashRestrictionEntity::toRestrictedHash)
                .toList());
    }

    private static List<String> hashes(Collection<BlobId> ids) {
        return ids.stream().map(BlobId::sha256).toList();
    }
}
