package io.mediakeep.media.usage;

import io.mediakeep.limits.PeriodUsage;
import io.mediakeep.limits.SlidingWindow;
import io.mediakeep.limits.UploadQuota;
import io.mediakeep.limits.UploadQuotas;
import io.mediakeep.limits.Usage;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.UserId;
import io.mediakeep.persistence.Transactions;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The usage of each user, and the check of quotas against it. */
public final class UsageCatalog {
    private final Transactions transactions;
    private final Clock clock;
    private final UploadQuotas quotas;

    /** The catalog in a database. */
    public UsageCatalog(Transactions transactions, Clock clock, UploadQuotas quotas) {
        this.transactions = transactions;
        this.clock = clock;
        this.quotas = quotas;
    }

    /** What a user stores. */
    public Usage of(UserId user) {
        return transactions.call(entities -> {
            UsageEntity row = entities.find(UsageEntity.class, user.value());
            return row == null ? Usage.NONE : row.toUsage();
        });
    }

    /**
     * Rejects an upload of {@code size} bytes that the user's quota does not permit now. Uploads that run may change
     * that.
     *
     * @throws MatrixException 403, see {@link UploadQuota#check}
     */
    public void check(UserId user, long size) {
        UploadQuota quota = quotas.of(user);
        if (quota.periods().isEmpty()) {
            if (quota.isLimited()) {
                quota.check(of(user), Map.of(), size);
            }
        } else {
            transactions.run(entities -> check(entities, user, quota, size));
        }
    }

    /**
     * Within the transaction that adds the media of an upload: checks the quota again, exactly, and counts the upload.
     * The usage of the user is locked until the end.
     *
     * @throws MatrixException 403, see {@link UploadQuota#check}
     */
    public void add(EntityManager entities, UserId user, long size) {
        UsageEntity row = locked(entities, user);
        UploadQuota quota = quotas.of(user);
        Map<Duration, PeriodUsage> uploaded = uploaded(entities, user, row, quota);
        quota.check(row.toUsage(), uploaded, size);
        row.add(size);
        uploaded.values().forEach(usage -> UploadCountCatalog.add(entities, user, usage.window(), size, row.uploads()));
    }

    /** Within the transaction that adds imported media: counts it, whatever the quota of the user is. */
    public static void addAdopted(EntityManager entities, UserId user, long size) {
        locked(entities, user).add(size);
    }

    private void check(EntityManager entities, UserId user, UploadQuota quota, long size) {
        UsageEntity row = locked(entities, user);
        quota.check(row.toUsage(), uploaded(entities, user, row, quota), size);
    }

    private Map<Duration, PeriodUsage> uploaded(
            EntityManager entities, UserId user, UsageEntity row, UploadQuota quota) {
        Instant now = clock.instant();
        return quota.periods().stream()
                .map(period -> new SlidingWindow(period, now))
                .map(window -> UploadCountCatalog.find(entities, user, window, row.uploads()))
                .collect(Collectors.toMap(usage -> usage.window().period(), Function.identity()));
    }

    /** Within a transaction: locks the usage of a user until the end. */
    public static void lock(EntityManager entities, UserId user) {
        locked(entities, user);
    }

    /** The user's row; inserted when there is none. */
    private static UsageEntity locked(EntityManager entities, UserId user) {
        UsageEntity row = entities.find(UsageEntity.class, user.value(), LockModeType.PESSIMISTIC_WRITE);
        if (row == null) {
            row = new UsageEntity(user);
            entities.persist(row);
            entities.flush(); // a concurrent insert fails here, and its transaction is retried
        }
        return row;
    }

    /** Removes at most {@code max} counts of uploads whose periods are over; returns how many. */
    public int removeExpired(int max) {
        return transactions.call(entities -> UploadCountCatalog.removeExpired(entities, clock.instant(), max));
    }
}
