package io.mediakeep.media;

import io.mediakeep.matrix.UserId;
import io.mediakeep.persistence.Transactions;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;

/** What each user keeps here. */
public final class UsageCatalog {
    private final Transactions transactions;

    /** The catalog in a database. */
    public UsageCatalog(Transactions transactions) {
        this.transactions = transactions;
    }

    /** What the user keeps at this moment. */
    public Usage of(UserId user) {
        return transactions.call(entities -> {
            UsageEntity row = entities.find(UsageEntity.class, user.value());
            return row == null ? Usage.NOTHING : row.toUsage();
        });
    }

    /** The user's row, locked until the transaction ends; made when there is none. */
    static UsageEntity locked(EntityManager entities, UserId user) {
        UsageEntity row = entities.find(UsageEntity.class, user.value(), LockModeType.PESSIMISTIC_WRITE);
        if (row == null) {
            row = new UsageEntity(user);
            entities.persist(row);
            entities.flush(); // two at once: one of them meets the other's row here and tries again
        }
        return row;
    }
}
