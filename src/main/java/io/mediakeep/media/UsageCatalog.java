package io.mediakeep.media;

import io.mediakeep.matrix.UserId;
import io.mediakeep.persistence.Transactions;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;

/** The storage usage of each user. */
public final class UsageCatalog {
    private final Transactions transactions;

    /** The catalog in a database. */
    public UsageCatalog(Transactions transactions) {
        this.transactions = transactions;
    }

    /** The usage of a user. */
    public Usage of(UserId user) {
        return transactions.call(entities -> {
            UsageEntity row = entities.find(UsageEntity.class, user.value());
            return row == null ? Usage.NONE : row.toUsage();
        });
    }

    /** The user's row, locked until the transaction ends; inserted when there is none. */
    static UsageEntity locked(EntityManager entities, UserId user) {
        UsageEntity row = entities.find(UsageEntity.class, user.value(), LockModeType.PESSIMISTIC_WRITE);
        if (row == null) {
            row = new UsageEntity(user);
            entities.persist(row);
            entities.flush(); // a concurrent insert fails here, and its transaction is retried
        }
        return row;
    }
}
