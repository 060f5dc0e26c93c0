package io.mediakeep.media;

import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.UserId;
import io.mediakeep.media.usage.UsageCatalog;
import io.mediakeep.persistence.Transactions;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The rows of reserved content URIs, whose content is not uploaded yet. */
public final class PendingCatalog {
    /** The lease of an upload lock: so long after a crash no other upload to the URI is accepted. */
    static final Duration LEASE = Duration.ofMinutes(2);

    private final Transactions transactions;
    private final Clock clock;
    private final UploadSettings settings;

    /** The catalog in a database. */
    public PendingCatalog(Transactions transactions, Clock clock, UploadSettings settings) {
        this.transactions = transactions;
        this.clock = clock;
        this.settings = settings;
    }

    /** Reserves a URI for a user, unless the user has too many. */
    public PendingMedia create(Mxc mxc, UserId uploader) {
        return transactions.callDurably(entities -> {
            UsageCatalog.lock(entities, uploader); // serialises concurrent reservations of a user
            Instant now = clock.instant();
            List<Long> open = open(entities, uploader, now);
            if (open.size() >= settings.maxPending()) {
                throw MatrixException.limitExceeded(
                        "Too many uploads are pending", Duration.ofMillis(open.get(0) - now.toEpochMilli()));
            }
            Instant expiresAt = now.plus(settings.pendingTtl());
            entities.persist(new PendingMediaEntity(mxc.mediaId(), uploader, now, expiresAt));
            return new PendingMedia(mxc, expiresAt);
        });
    }

    /**
     * The expiries of a user's reservations. Reservations from the future, before the clock was set back, are not
     * counted, since they would count for years.
     */
    private static List<Long> open(EntityManager entities, UserId uploader, Instant now) {
        return entities.createQuery(
                        "select p.expiresAt from PendingMediaEntity p where p.uploader = :uploader"
                                + " and p.expiresAt > :now and p.createdAt <= :soon order by p.expiresAt",
                        Long.class)
                .setParameter("uploader", uploader.value())
                .setParameter("now", now.toEpochMilli())
                .setParameter("soon", now.plus(LEASE).toEpochMilli())
                .getResultList();
    }

    /**
     * Locks a URI for an upload by a user.
     *
     * @throws MatrixException the first of these that applies: 404 for an unknown URI; 403 for another user's; 409 when
     *     its content is uploaded; 404 when it has expired; 409 while another upload holds the lock
     */
    public UploadLock lock(Mxc mxc, UserId uploader) {
        return transactions.call(entities -> {
            PendingMediaEntity row =
                    entities.find(PendingMediaEntity.class, mxc.mediaId(), LockModeType.PESSIMISTIC_WRITE);
            if (row == null) {
                throw rejection(entities, mxc, uploader);
            }
            Instant now = clock.instant();
            if (!row.belongsTo(uploader)) {
                throw notTheCreator();
            }
            if (row.isExpired(now)) {
                throw MatrixException.notFound();
            }
            if (row.isLocked(now)) {
                throw MatrixException.uploadRunning();
            }
            UploadLock lock = new UploadLock(mxc, UUID.randomUUID().toString());
            row.lock(lock.holder(), now.plus(LEASE));
            return lock;
        });
    }

    private static MatrixException rejection(EntityManager entities, Mxc mxc, UserId uploader) {
        return MediaCatalog.find(entities, mxc)
                .map(media -> media.uploader().equals(Optional.of(uploader))
                        ? MatrixException.alreadyUploaded()
                        : notTheCreator())
                .orElseGet(MatrixException::notFound);
    }

    private static MatrixException notTheCreator() {
        return MatrixException.forbidden("This media id was created by another user");
    }

    /** Extends the leases of upload locks. */
    public void renew(Collection<UploadLock> locks) {
        long until = clock.instant().plus(LEASE).toEpochMilli();
        transactions.run(entities -> locks.forEach(lock -> entities.createQuery(
                        "update PendingMediaEntity set lockedUntil = :until where mediaId = :id and lockHolder = :holder")
                .setParameter("until", until)
                .setParameter("id", lock.mxc().mediaId())
                .setParameter("holder", lock.holder())
                .executeUpdate()));
    }

    /** Releases an upload lock, so that another upload can start. */
    public void release(UploadLock lock) {
        transactions.run(entities -> entities.createQuery(
                        "update PendingMediaEntity set lockHolder = null where mediaId = :id and lockHolder = :holder")
                .setParameter("id", lock.mxc().mediaId())
                .setParameter("holder", lock.holder())
                .executeUpdate());
    }

    /** Within the transaction that adds the media: deletes the reservation. */
    static void complete(EntityManager entities, UploadLock lock) {
        int rows = entities.createQuery("delete from PendingMediaEntity where mediaId = :id and lockHolder = :holder")
                .setParameter("id", lock.mxc().mediaId())
                .setParameter("holder", lock.holder())
                .executeUpdate();
        if (rows == 0) {
            throw MatrixException.uploadRunning(); // the lease expired, and another upload has the lock
        }
    }

    /** Removes at most {@code max} expired reservations that are not locked; returns how many. */
    public int removeExpired(int max) {
        return transactions.call(entities -> {
            long now = clock.instant().toEpochMilli();
            List<String> expired = entities.createQuery(
                            "select p.mediaId from PendingMediaEntity p"
                                    + " where p.expiresAt <= :now and p.lockedUntil <= :now",
                            String.class)
                    .setParameter("now", now)
                    .setMaxResults(max)
                    .getResultList();
            return expired.isEmpty()
                    ? 0
                    : entities.createQuery(
                                    "delete from PendingMediaEntity where mediaId in :ids and lockedUntil <= :now")
                            .setParameter("ids", expired)
                            .setParameter("now", now)
                            .executeUpdate();
        });
    }

    /** Within a transaction: whether the URI is pending. */
    public static Lookup find(EntityManager entities, Mxc mxc, Instant now) {
        PendingMediaEntity row = entities.find(PendingMediaEntity.class, mxc.mediaId());
        return row == null || (row.isExpired(now) && !row.isLocked(now)) ? new Lookup.Absent() : new Lookup.Pending();
    }

    /** Within a transaction: which of the URIs are pending. */
    public static Set<Mxc> pending(EntityManager entities, Collection<Mxc> uris, Instant now) {
        Set<String> pending = entities.createQuery(
                        "select p.mediaId from PendingMediaEntity p where p.mediaId in :ids"
                                + " and (p.expiresAt > :now or p.lockHolder is not null and p.lockedUntil > :now)",
                        String.class)
                .setParameter("ids", uris.stream().map(Mxc::mediaId).toList())
                .setParameter("now", now.toEpochMilli())
                .getResultStream()
                .collect(Collectors.toSet());
        return uris.stream().filter(mxc -> pending.contains(mxc.mediaId())).collect(Collectors.toSet());
    }
}
