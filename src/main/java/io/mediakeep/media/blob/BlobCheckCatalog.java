package io.mediakeep.media.blob;

import io.mediakeep.blob.BlobId;
import io.mediakeep.blob.BlobLocation;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.persistence.Transactions;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What a check of the blob store compares with: the rows of blobs, and the references to them. */
public final class BlobCheckCatalog {
    private final Transactions transactions;
    private final BlobReferenceCatalog references;
    private final Clock clock;

    /** The catalog in a database, by the database's own clock. */
    public BlobCheckCatalog(Transactions transactions, BlobReferenceCatalog references, Clock clock) {
        this.transactions = transactions;
        this.references = references;
        this.clock = clock;
    }

    /** The number of blobs. It scans all rows. */
    public long count() {
        return transactions.call(entities -> entities.createQuery("select count(*) from BlobEntity", Long.class)
                .getSingleResult());
    }

    /** Those of these locations whose bytes must exist: they have a row, and are neither being put nor about to be removed. */
    public Set<BlobLocation> settled(Collection<BlobLocation> locations) {
        return transactions.call(entities -> {
            Set<BlobLocation> settled = rows(entities, locations);
            settled.removeAll(candidates(entities, locations));
            return settled;
        });
    }

    /** Those of these locations that nothing leads to: they have no row, and are not about to be removed. */
    public Set<BlobLocation> unknown(Collection<BlobLocation> locations) {
        return transactions.call(entities -> {
            Set<BlobLocation> unknown = new HashSet<>(locations);
            unknown.removeAll(rows(entities, locations));
            unknown.removeAll(candidates(entities, locations));
            return unknown;
        });
    }

    private static Set<BlobLocation> rows(EntityManager entities, Collection<BlobLocation> locations) {
        Set<BlobLocation> rows = new HashSet<>(locations);
        rows.retainAll(entities.createQuery("select b.location from BlobEntity b where b.hash in :hashes", String.class)
                .setParameter(
                        "hashes",
                        locations.stream()
                                .map(location -> location.id().sha256())
                                .toList())
                .getResultStream()
                .map(BlobLocation::new)
                .toList());
        return rows;
    }

    private static List<BlobLocation> candidates(EntityManager entities, Collection<BlobLocation> locations) {
        return entities.createQuery(
                        "select c.location from RemovalCandidateEntity c where c.location in :locations", String.class)
                .setParameter(
                        "locations", locations.stream().map(BlobLocation::value).toList())
                .getResultStream()
                .map(BlobLocation::new)
                .toList();
    }

    /**
     * The blobs that have a row, but no reference to it, and are not about to be removed.
     *
     * @param after a hash; empty for the first
     * @param last a hash
     */
    public List<BlobLocation> unreferenced(String after, String last) {
        return transactions.call(entities -> entities.createQuery(
                        "select b.location from BlobEntity b where b.hash > :after and b.hash <= :last and not exists"
                                + " (select c.location from RemovalCandidateEntity c where c.location = b.location)"
                                + references.noneTo("b.hash"),
                        String.class)
                .setParameter("after", after)
                .setParameter("last", last)
                .getResultStream()
                .map(BlobLocation::new)
                .toList());
    }

    /** At most {@code max} media items with this content. */
    public List<Mxc> media(BlobId content, int max) {
        return transactions.call(entities -> entities.createQuery(
                        "select m.origin, m.mediaId from MediaEntity m where m.blobHash = :hash", Object[].class)
                .setParameter("hash", content.sha256())
                .setMaxResults(max)
                .getResultStream()
                .map(row -> new Mxc(new ServerName((String) row[0]), (String) row[1]))
                .toList());
    }

    /**
     * Records in one transaction that blobs may be removed, and what else there is to record.
     *
     * @param record called last
     */
    public void release(Collection<BlobLocation> unused, Consumer<EntityManager> record) {
        transactions.run(entities -> {
            unused.forEach(location -> RemovalCatalog.add(entities, location, clock.instant()));
            record.accept(entities);
        });
    }
}
