package io.mediakeep.admin;

import io.mediakeep.persistence.Transactions;
import java.time.Instant;
import java.util.List;

/** The rows of what administrators did. */
public final class AuditCatalog {
    private final Transactions transactions;

    /** The catalog in a database. */
    public AuditCatalog(Transactions transactions) {
        this.transactions = transactions;
    }

    void add(AuditEntity row) {
        transactions.callDurably(entities -> {
            entities.persist(row);
            return true;
        });
    }

    /** At most {@code limit} entries with smaller ids than {@code before}, the newest first. */
    public List<AuditEntry> newest(long before, int limit) {
        return transactions.call(entities -> entities.createQuery(
                        "select a from AuditEntity a where a.id < :before order by a.id desc", AuditEntity.class)
                .setParameter("before", before)
                .setMaxResults(limit)
                .getResultStream()
                .map(AuditEntity::toEntry)
                .toList());
    }

    /** Removes at most {@code max} entries that are older than this; returns how many. */
    int removeBefore(Instant time, int max) {
        return transactions.call(entities -> {
            List<AuditEntity> rows = entities.createQuery(
                            "select a from AuditEntity a where a.recordedAt < :time order by a.recordedAt",
                            AuditEntity.class)
                    .setParameter("time", time.toEpochMilli())
                    .setMaxResults(max)
                    .getResultList();
            rows.forEach(entities::remove);
            return rows.size();
        });
    }
}
