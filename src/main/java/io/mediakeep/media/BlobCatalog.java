package io.mediakeep.media;

import io.mediakeep.blob.BlobId;
import io.mediakeep.persistence.Transactions;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rows that stand for bytes in the blob store. An upload registers its blob, puts the bytes, and then adds its
 * media row only if the registration still holds; a removal marks the row, removes the bytes, and then the row. So a
 * media row never points at bytes that are gone, whoever comes first. The same goes for thumbnails.
 */
public final class BlobCatalog {
    private final Transactions transactions;
    private final List<String> pointers;

    /**
     * The catalog in a database.
     *
     * @param pointers the entities beside media whose rows point at blobs, each by its attribute {@code blobHash}
     */
    public BlobCatalog(Transactions transactions, String... pointers) {
        this.transactions = transactions;
        this.pointers =
                Stream.concat(Stream.of("MediaEntity"), Arrays.stream(pointers)).toList();
    }

    /** Registers that bytes are about to be put: the generation to add media under, or empty while they are removed. */
    Optional<String> register(BlobId id, long size, Instant now) {
        return transactions.call(entities -> {
            BlobEntity row = entities.find(BlobEntity.class, id.sha256());
            if (row == null) {
                row = new BlobEntity(id, size, UUID.randomUUID().toString(), now);
                entities.persist(row);
            }
            return row.removing() ? Optional.empty() : Optional.of(row.generation());
        });
    }

    /** Within the transaction that adds a row which points at a blob: whether the registration still holds; it does until the end. */
    public static boolean stillThere(EntityManager entities, BlobId id, String generation) {
        BlobEntity row = entities.find(BlobEntity.class, id.sha256(), LockModeType.PESSIMISTIC_READ);
        return row != null && !row.removing() && row.generation().equals(generation);
    }

    /** Blobs that nothing points at and that were registered before a time, oldest first. */
    List<BlobId> unreferenced(Instant registeredBefore, int most) {
        String nothingPoints = pointers.stream()
                .map(pointer -> " and not exists (select 1 from " + pointer + " p where p.blobHash = b.hash)")
                .collect(Collectors.joining());
        return ids(
                "select b.hash from BlobEntity b where b.removingSince is null and b.createdAt <= :before"
                        + nothingPoints + " order by b.createdAt",
                registeredBefore,
                most);
    }

    /** Blobs whose removal began before a time and never ended, as after a crash. */
    List<BlobId> leftRemoving(Instant since, int most) {
        return ids("select b.hash from BlobEntity b where b.removingSince <= :before", since, most);
    }

    private List<BlobId> ids(String query, Instant before, int most) {
        return transactions.call(entities -> entities.createQuery(query, String.class)
                .setParameter("before", before.toEpochMilli())
                .setMaxResults(most)
                .getResultStream()
                .map(BlobId::new)
                .toList());
    }

    /** Marks the blob for removal, if nothing points at it; afterwards its bytes may be removed. */
    boolean beginRemoval(BlobId id, Instant now) {
        return transactions.call(entities -> {
            BlobEntity row = entities.find(BlobEntity.class, id.sha256(), LockModeType.PESSIMISTIC_WRITE);
            if (row == null || referenced(entities, id)) {
                return false;
            }
            row.removeSince(now);
            return true;
        });
    }

    private boolean referenced(EntityManager entities, BlobId id) {
        return pointers.stream()
                .map(pointer -> "select p.blobHash from " + pointer + " p where p.blobHash = :hash")
                .anyMatch(query -> !entities.createQuery(query, String.class)
                        .setParameter("hash", id.sha256())
                        .setMaxResults(1)
                        .getResultList()
                        .isEmpty());
    }

    /** Removes the row of a blob whose bytes were removed. */
    void endRemoval(BlobId id) {
        transactions.run(entities -> entities.createQuery(
                        "delete from BlobEntity where hash = :hash and removingSince is not null")
                .setParameter("hash", id.sha256())
                .executeUpdate());
    }
}
