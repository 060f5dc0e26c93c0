package io.mediakeep.blob.database;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.BlobStore.Listed;
import io.mediakeep.persistence.Transactions;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;

/** The rows of blobs. Each method is one short transaction; removing a blob takes a few. */
final class ChunkCatalog {
    /** How many chunks are removed in one transaction. */
    private static final int BATCH = 16;

    private final Transactions transactions;

    ChunkCatalog(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * Writes a chunk. An existing one is written again: at one location it has the same bytes, and the time it takes
     * must not reveal that. Each chunk is forced to disk: H2 holds unforced data in memory, with copies of it while it
     * is written. H2 takes a bare parameter for text here, hence the casts.
     */
    void write(BlobLocation location, int seq, byte[] bytes) {
        transactions.callDurably(entities -> entities.createQuery("""
                        insert into ChunkEntity (location, seq, bytes) values (:location, cast(:seq as Integer), cast(:bytes as binary))
                        on conflict (location, seq) do update set bytes = excluded.bytes""")
                .setParameter("location", location.value())
                .setParameter("seq", seq)
                .setParameter("bytes", bytes)
                .executeUpdate());
    }

    /** Marks a blob complete, durably together with its chunks. */
    void complete(BlobLocation location, long size) {
        transactions.callDurably(entities -> entities.createQuery("""
                        insert into CompleteBlobEntity (location, size) values (:location, cast(:size as Long))
                        on conflict (location) do update set size = excluded.size""")
                .setParameter("location", location.value())
                .setParameter("size", size)
                .executeUpdate());
    }

    /** The size of a blob in bytes, if it is complete. */
    Optional<Long> size(BlobLocation location) {
        return transactions.call(entities -> entities.createQuery(
                        "select size from CompleteBlobEntity where location = :location", Long.class)
                .setParameter("location", location.value())
                .getResultStream()
                .findFirst());
    }

    /** The bytes of one chunk. */
    Optional<byte[]> chunk(BlobLocation location, int seq) {
        return transactions.call(entities -> entities.createQuery(
                        "select bytes from ChunkEntity where location = :location and seq = :seq", byte[].class)
                .setParameter("location", location.value())
                .setParameter("seq", seq)
                .getResultStream()
                .findFirst());
    }

    /** At most {@code max} complete blobs whose locations follow, in the order of the database. */
    List<Listed> list(Optional<BlobLocation> after, int max) {
        return transactions.call(entities -> entities.createQuery(
                        "select b.location, b.size from CompleteBlobEntity b where b.location > :after order by b.location",
                        Object[].class)
                .setParameter("after", after.map(BlobLocation::value).orElse(""))
                .setMaxResults(max)
                .getResultStream()
                .map(row -> new Listed(new BlobLocation((String) row[0]), (Long) row[1]))
                .toList());
    }

    /** Whether no blob is complete. */
    boolean isEmpty() {
        return transactions.call(
                entities -> entities.createQuery("select location from CompleteBlobEntity", String.class)
                        .setMaxResults(1)
                        .getResultList()
                        .isEmpty());
    }

    /** Removes a blob, starting with the row that marks it complete. */
    void remove(BlobLocation location) {
        transactions.run(entities -> entities.createQuery("delete from CompleteBlobEntity where location = :location")
                .setParameter("location", location.value())
                .executeUpdate());
        boolean more = true;
        while (more) {
            more = transactions.call(entities -> removeLastChunks(entities, location));
        }
    }

    private static boolean removeLastChunks(EntityManager entities, BlobLocation location) {
        Optional<Integer> last = Optional.ofNullable(
                entities.createQuery("select max(seq) from ChunkEntity where location = :location", Integer.class)
                        .setParameter("location", location.value())
                        .getSingleResult());
        last.ifPresent(
                seq -> entities.createQuery("delete from ChunkEntity where location = :location and seq > :before")
                        .setParameter("location", location.value())
                        .setParameter("before", seq - BATCH)
                        .executeUpdate());
        return last.isPresent();
    }
}
