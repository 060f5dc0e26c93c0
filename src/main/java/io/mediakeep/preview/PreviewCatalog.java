package io.mediakeep.preview;

import io.mediakeep.persistence.Transactions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The rows of previews. */
public final class PreviewCatalog {
    private final Transactions transactions;

    /** The catalog in a database. */
    public PreviewCatalog(Transactions transactions) {
        this.transactions = transactions;
    }

    /** The latest preview that was current at a time, if one is stored. */
    Optional<StoredPreview> latestAt(PreviewKey key, Instant time) {
        return latest(key, StoredPreview.hour(time)).filter(preview -> preview.isCurrentAt(time));
    }

    /** The latest preview, fresh or not. */
    Optional<StoredPreview> latest(PreviewKey key) {
        return latest(key, Long.MAX_VALUE);
    }

    private Optional<StoredPreview> latest(PreviewKey key, long lastHour) {
        return transactions.call(entities -> entities
                .createQuery(
                        "select p from PreviewEntity p where p.urlHash = :hash and p.fetchedHour <= :hour"
                                + " order by p.fetchedHour desc",
                        PreviewEntity.class)
                .setParameter("hash", key.hash())
                .setParameter("hour", lastHour)
                .setMaxResults(1)
                .getResultList()
                .stream()
                .findFirst()
                .map(PreviewEntity::toPreview));
    }

    /** Stores a preview, replacing the one of the same hour. */
    void store(PreviewKey key, StoredPreview preview) {
        transactions.run(entities -> entities.merge(new PreviewEntity(key, preview)));
    }

    /** Removes expired previews, at most so many; returns how many. Their JSON is not read. */
    int removeExpired(Instant now, int max) {
        return transactions.call(entities -> {
            List<Object[]> keys = entities.createQuery(
                            "select p.urlHash, p.fetchedHour from PreviewEntity p where p.keepUntil <= :now"
                                    + " order by p.keepUntil",
                            Object[].class)
                    .setParameter("now", now.toEpochMilli())
                    .setMaxResults(max)
                    .getResultList();
            keys.forEach(key -> entities.createQuery("delete from PreviewEntity p where p.urlHash = :hash"
                            + " and p.fetchedHour = :hour and p.keepUntil <= :now")
                    .setParameter("hash", key[0])
                    .setParameter("hour", key[1])
                    .setParameter("now", now.toEpochMilli())
                    .executeUpdate());
            return keys.size();
        });
    }
}
