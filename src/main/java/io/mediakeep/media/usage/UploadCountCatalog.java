package io.mediakeep.media.usage;

import io.mediakeep.limits.PeriodUsage;
import io.mediakeep.limits.SlidingWindow;
import io.mediakeep.limits.Usage;
import io.mediakeep.matrix.UserId;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What users uploaded in the periods of their quotas. It is counted in rows, so that an upload does not cost more with
 * the number of earlier ones. Only uploads of users with such a quota are counted; when others came before, or the
 * clock was set back, the rows are made anew of the media that is stored. Rows of a user change only in transactions that
 * have locked the usage of the user.
 */
final class UploadCountCatalog {
    private UploadCountCatalog() {}

    /** What a user uploaded in a period. */
    static PeriodUsage find(EntityManager entities, UserId user, SlidingWindow window, long totalUploads) {
        SortedMap<Long, Usage> slots = new TreeMap<>();
        boolean complete = false;
        for (Object[] row : rows(entities, user, window)) {
            slots.put((Long) row[0], new Usage((Long) row[1], (Long) row[2]));
            complete |= (Long) row[3] == totalUploads;
        }
        boolean counted = complete && slots.lastKey() <= lastSlot(window);
        return new PeriodUsage(window, counted ? slots : recount(entities, user, window, totalUploads));
    }

    /** Clocks of nodes differ by less than a slot. */
    private static long lastSlot(SlidingWindow window) {
        return window.currentSlot() + 1;
    }

    private static List<Object[]> rows(EntityManager entities, UserId user, SlidingWindow window) {
        return entities.createQuery(
                        "select c.slot, c.bytes, c.files, c.totalUploads from UploadCountEntity c"
                                + " where c.userId = :user and c.period = :period and c.slot >= :first order by c.slot",
                        Object[].class)
                .setParameter("user", user.value())
                .setParameter("period", window.period().toMillis())
                .setParameter("first", window.firstSlot())
                .getResultList();
    }

    private static SortedMap<Long, Usage> recount(
            EntityManager entities, UserId user, SlidingWindow window, long totalUploads) {
        entities.createQuery("delete from UploadCountEntity where userId = :user and period = :period")
                .setParameter("user", user.value())
                .setParameter("period", window.period().toMillis())
                .executeUpdate();
        SortedMap<Long, Usage> slots = stored(entities, user, window);
        slots.forEach(
                (slot, usage) -> entities.persist(new UploadCountEntity(user, window, slot, usage, totalUploads)));
        return slots;
    }

    /** The slot is not a parameter, since PostgreSQL does not see that two parameters are the same. */
    private static SortedMap<Long, Usage> stored(EntityManager entities, UserId user, SlidingWindow window) {
        SortedMap<Long, Usage> slots = new TreeMap<>();
        String slot = "m.createdAt / " + window.slotMillis() + "L";
        entities.createQuery(
                        "select " + slot + ", sum(m.size), count(*) from MediaEntity m where m.uploader = :user"
                                + " and m.createdAt >= :first and m.createdAt < :end group by " + slot,
                        Object[].class)
                .setParameter("user", user.value())
                .setParameter("first", window.firstSlot() * window.slotMillis())
                .setParameter("end", (lastSlot(window) + 1) * window.slotMillis())
                .getResultList()
                .forEach(row -> slots.put((Long) row[0], new Usage((Long) row[1], (Long) row[2])));
        return slots;
    }

    /** Counts an upload. */
    static void add(EntityManager entities, UserId user, SlidingWindow window, long size, long totalUploads) {
        int updated = entities.createQuery("update UploadCountEntity set bytes = bytes + :size, files = files + 1,"
                        + " totalUploads = :total where userId = :user and period = :period and slot = :slot")
                .setParameter("size", size)
                .setParameter("total", totalUploads)
                .setParameter("user", user.value())
                .setParameter("period", window.period().toMillis())
                .setParameter("slot", window.currentSlot())
                .executeUpdate();
        if (updated == 0) {
            entities.persist(
                    new UploadCountEntity(user, window, window.currentSlot(), new Usage(size, 1), totalUploads));
        }
    }

    /** Removes at most {@code max} rows that no window contains; returns how many. They are locked, not to be updated. */
    static int removeExpired(EntityManager entities, Instant now, int max) {
        List<UploadCountEntity> expired = entities.createQuery(
                        "select c from UploadCountEntity c where c.expiresAt <= :now order by c.expiresAt",
                        UploadCountEntity.class)
                .setParameter("now", now.toEpochMilli())
                .setMaxResults(max)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList();
        expired.forEach(entities::remove);
        return expired.size();
    }
}
