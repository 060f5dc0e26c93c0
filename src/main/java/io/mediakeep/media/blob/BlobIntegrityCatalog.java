package io.mediakeep.media.blob;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.persistence.Announcements;
import io.mediakeep.persistence.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Which blobs are known to be damaged, and samples of blobs to verify. */
public final class BlobIntegrityCatalog {
    /** The announcement to all nodes that some blob was found damaged. */
    public static final String ANNOUNCEMENT = "damaged blobs";

    /** A sample consists of so many runs, of so many rows each. */
    private static final int RUNS = 5, ROWS = 5;

    private final Transactions transactions;
    private final Announcements announcements;
    private final Clock clock;

    /** The catalog in a database, by the database's own clock. */
    public BlobIntegrityCatalog(Transactions transactions, Announcements announcements, Clock clock) {
        this.transactions = transactions;
        this.announcements = announcements;
        this.clock = clock;
    }

    /**
     * At most {@code max} blobs whose hashes follow, in order.
     *
     * @param hash a hash in hexadecimal digits or the beginning of one; empty for the first
     */
    public List<StoredBlob> after(String hash, int max) {
        return transactions.call(entities -> entities.createQuery(
                        "select b, c.location from BlobEntity b"
                                + " left join RemovalCandidateEntity c on c.location = b.location"
                                + " where b.hash > :hash order by b.hash",
                        Object[].class)
                .setParameter("hash", hash)
                .setMaxResults(max)
                .getResultStream()
                .map(row -> ((BlobEntity) row[0]).toStoredBlob(row[1] == null))
                .toList());
    }

    /** Some blobs at random positions, whose bytes must exist; empty when there are none at all. */
    public List<StoredBlob> sample() {
        RandomGenerator random =
                new SplittableRandom(); // getDefault() uses ServiceLoader, which finds nothing in the WAR's class
        // loader on JDK 17
        List<StoredBlob> sample = new ArrayList<>(after("", ROWS));
        for (int run = 1; run < RUNS; run++) {
            sample.addAll(after(HexFormat.of().toHexDigits(random.nextLong()), ROWS));
        }
        return sample.stream()
                .distinct()
                .filter(blob -> blob.settled() && !blob.damaged())
                .toList();
    }

    /** When the newest blob was added. It scans all rows. */
    public Optional<Instant> newest() {
        return transactions.call(entities -> Optional.ofNullable(
                        entities.createQuery("select max(b.createdAt) from BlobEntity b", Long.class)
                                .getSingleResult())
                .map(Instant::ofEpochMilli));
    }

    /** Marks a blob damaged, and announces that to all nodes; returns whether it was not marked before. */
    boolean markDamaged(BlobLocation location) {
        boolean first = transactions.call(entities -> {
            int rows = entities.createQuery("update BlobEntity set damagedAt = :now"
                            + " where hash = :hash and location = :location and damagedAt is null")
                    .setParameter("now", clock.millis())
                    .setParameter("hash", location.id().sha256())
                    .setParameter("location", location.value())
                    .executeUpdate();
            if (rows > 0) {
                announcements.announce(entities, ANNOUNCEMENT);
            }
            return rows > 0;
        });
        if (first) {
            announcements.notifyListeners(ANNOUNCEMENT);
        }
        return first;
    }

    /** Marks a blob intact. */
    void markIntact(BlobLocation location) {
        transactions.run(entities -> entities.createQuery(
                        "update BlobEntity set damagedAt = null where hash = :hash and location = :location")
                .setParameter("hash", location.id().sha256())
                .setParameter("location", location.value())
                .executeUpdate());
    }
}
