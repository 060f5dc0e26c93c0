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

/** What the rows say of the soundness of stored bytes. */
public final class BlobIntegrityCatalog {
    /** What nodes tell each other when bytes become known to be damaged, whatever media they are of. */
    public static final String ANNOUNCEMENT = "damaged blobs";

    /** A sample is taken from so many places, so many rows at each. */
    private static final int PLACES = 5, ROWS = 5;

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
     * The blobs whose hashes come next.
     *
     * @param hash a hash in hexadecimal digits or the beginning of one; empty for the first
     */
    public List<StoredBlob> after(String hash, int most) {
        return transactions.call(entities -> entities.createQuery(
                        "select b, c.location from BlobEntity b"
                                + " left join RemovalCandidateEntity c on c.location = b.location"
                                + " where b.hash > :hash order by b.hash",
                        Object[].class)
                .setParameter("hash", hash)
                .setMaxResults(most)
                .getResultStream()
                .map(row -> ((BlobEntity) row[0]).toStoredBlob(row[1] == null))
                .toList());
    }

    /** Some blobs from all over, whose bytes should be there; empty when there are none at all. */
    public List<StoredBlob> sample() {
        RandomGenerator random =
                new SplittableRandom(); // getDefault() looks for services, which our class loader hides on 17
        List<StoredBlob> sample = new ArrayList<>(after("", ROWS));
        for (int place = 1; place < PLACES; place++) {
            sample.addAll(after(HexFormat.of().toHexDigits(random.nextLong()), ROWS));
        }
        return sample.stream()
                .distinct()
                .filter(blob -> blob.settled() && !blob.damaged())
                .toList();
    }

    /** When the newest of all rows was added. It reads them all. */
    public Optional<Instant> newest() {
        return transactions.call(entities -> Optional.ofNullable(
                        entities.createQuery("select max(b.createdAt) from BlobEntity b", Long.class)
                                .getSingleResult())
                .map(Instant::ofEpochMilli));
    }

    /** Notes that bytes are damaged, and tells all nodes; answers whether that was not known before. */
    boolean mark(BlobLocation location) {
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
            announcements.tell(ANNOUNCEMENT);
        }
        return first;
    }

    /** Notes that bytes are sound. */
    void clear(BlobLocation location) {
        transactions.run(entities -> entities.createQuery(
                        "update BlobEntity set damagedAt = null where hash = :hash and location = :location")
                .setParameter("hash", location.id().sha256())
                .setParameter("location", location.value())
                .executeUpdate());
    }
}
