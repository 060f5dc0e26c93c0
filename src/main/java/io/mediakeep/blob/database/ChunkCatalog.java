package io.mediakeep.blob.database;

import io.mediakeep.blob.BlobId;
import io.mediakeep.persistence.Transactions;
import jakarta.persistence.EntityManager;
import java.util.Optional;

/** The rows of blobs. Each method is one short transaction or, to forget a blob, a few. */
final class ChunkCatalog {
    /** How many chunks one transaction removes. */
    private static final int BATCH = 16;

    private final Transactions transactions;

    ChunkCatalog(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * Writes a chunk. One that is there is written again: under one hash it holds the same bytes, and nobody shall tell
     * from the time it takes that it was known. The casts are for H2, which takes a bare parameter here for text.
     */
    void keep(BlobId id, int seq, byte[] bytes) {
        transactions.run(entities -> entities.createQuery("""
                        insert into ChunkEntity (hash, seq, bytes) values (:hash, cast(:seq as Integer), cast(:bytes as binary))
                        on conflict (hash, seq) do update set bytes = excluded.bytes""")
                .setParameter("hash", id.sha256())
                .setParameter("seq", seq)
                .setParameter("bytes", bytes)
                .executeUpdate());
    }

    /** Says that all chunks are there. When this returns, the chunks too survive a loss of power. */
    void complete(BlobId id, long size) {
        transactions.callDurably(entities -> entities.createQuery("""
                        insert into CompleteBlobEntity (hash, size) values (:hash, cast(:size as Long))
                        on conflict (hash) do update set size = excluded.size""")
                .setParameter("hash", id.sha256())
                .setParameter("size", size)
                .executeUpdate());
    }

    /** The size of a blob in bytes, if all its chunks are there. */
    Optional<Long> size(BlobId id) {
        return transactions.call(
                entities -> entities.createQuery("select size from CompleteBlobEntity where hash = :hash", Long.class)
                        .setParameter("hash", id.sha256())
                        .getResultStream()
                        .findFirst());
    }

    /** The bytes of one chunk. */
    Optional<byte[]> chunk(BlobId id, int seq) {
        return transactions.call(entities -> entities.createQuery(
                        "select bytes from ChunkEntity where hash = :hash and seq = :seq", byte[].class)
                .setParameter("hash", id.sha256())
                .setParameter("seq", seq)
                .getResultStream()
                .findFirst());
    }

    /** Removes a blob, first of all the row that says that it is complete. */
    void forget(BlobId id) {
        transactions.run(entities -> entities.createQuery("delete from CompleteBlobEntity where hash = :hash")
                .setParameter("hash", id.sha256())
                .executeUpdate());
        boolean more = true;
        while (more) {
            more = transactions.call(entities -> removeLastChunks(entities, id));
        }
    }

    private static boolean removeLastChunks(EntityManager entities, BlobId id) {
        Optional<Integer> last = Optional.ofNullable(
                entities.createQuery("select max(seq) from ChunkEntity where hash = :hash", Integer.class)
                        .setParameter("hash", id.sha256())
                        .getSingleResult());
        last.ifPresent(seq -> entities.createQuery("delete from ChunkEntity where hash = :hash and seq > :before")
                .setParameter("hash", id.sha256())
                .setParameter("before", seq - BATCH)
                .executeUpdate());
        return last.isPresent();
    }
}
