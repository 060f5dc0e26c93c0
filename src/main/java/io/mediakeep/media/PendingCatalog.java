package io.mediakeep.media;

import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.UserId;
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

/** The rows of content URIs that wait for their content. */
public final class PendingCatalog {
    /** How long a claim holds without being renewed: so long after a crash nobody else can upload to its URI. */
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

    /** Adds a URI for a user, unless too many of his are open already. */
    public PendingMedia create(Mxc mxc, UserId uploader) {
        return transactions.callDurably(entities -> {
            UsageCatalog.locked(entities, uploader); // so that two at once cannot both be the last one
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

    /** When those expire that count. Those of a future from which the clock was set back would count for years. */
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
     * Claims a URI for an upload by a user.
     *
     * @throws MatrixException the first of these that holds: 404 for an unknown URI; 403 for one of another user; 409 when
     *     its content is there; 404 when it has expired; 409 while another upload has claimed it
     */
    public UploadLock claim(Mxc mxc, UserId uploader) {
        return transactions.call(entities -> {
            PendingMediaEntity row =
                    entities.find(PendingMediaEntity.class, mxc.mediaId(), LockModeType.PESSIMISTIC_WRITE);
            if (row == null) {
                throw refusal(entities, mxc, uploader);
            }
            Instant now = clock.instant();
            if (!row.belongsTo(uploader)) {
                throw notTheCreator();
            }
            if (row.expired(now)) {
                throw MatrixException.notFound();
            }
            if (row.claimed(now)) {
                throw MatrixException.uploadRunning();
            }
            UploadLock claim = new UploadLock(mxc, UUID.randomUUID().toString());
            row.claim(claim.holder(), now.plus(LEASE));
            return claim;
        });
    }

    private static MatrixException refusal(EntityManager entities, Mxc mxc, UserId uploader) {
        return MediaCatalog.find(entities, mxc)
                .map(media -> media.uploader().equals(Optional.of(uploader))
                        ? MatrixException.alreadyUploaded()
                        : notTheCreator())
                .orElseGet(MatrixException::notFound);
    }

    private static MatrixException notTheCreator() {
        return MatrixException.forbidden("This media id was created by another user");
    }

    /** Makes claims hold for another lease. */
    public void renew(Collection<UploadLock> claims) {
        long until = clock.instant().plus(LEASE).toEpochMilli();
        transactions.run(entities -> claims.forEach(claim -> entities.createQuery(
                        "update PendingMediaEntity set claimedUntil = :until where mediaId = :id and claim = :holder")
                .setParameter("until", until)
                .setParameter("id", claim.mxc().mediaId())
                .setParameter("holder", claim.holder())
                .executeUpdate()));
    }

    /** Gives a claim back, so that another upload may try. */
    public void release(UploadLock claim) {
        transactions.run(entities -> entities.createQuery(
                        "update PendingMediaEntity set claim = null where mediaId = :id and claim = :holder")
                .setParameter("id", claim.mxc().mediaId())
                .setParameter("holder", claim.holder())
                .executeUpdate());
    }

    /** Within the transaction that adds the media: the URI no longer waits. */
    static void fulfil(EntityManager entities, UploadLock claim) {
        int rows = entities.createQuery("delete from PendingMediaEntity where mediaId = :id and claim = :holder")
                .setParameter("id", claim.mxc().mediaId())
                .setParameter("holder", claim.holder())
                .executeUpdate();
        if (rows == 0) {
            throw MatrixException.uploadRunning(); // our claim lapsed, and another upload has it
        }
    }

    /** Removes URIs that expired without content and that no upload holds; answers how many. */
    public int removeExpired(int most) {
        return transactions.call(entities -> {
            long now = clock.instant().toEpochMilli();
            List<String> expired = entities.createQuery(
                            "select p.mediaId from PendingMediaEntity p"
                                    + " where p.expiresAt <= :now and p.claimedUntil <= :now",
                            String.class)
                    .setParameter("now", now)
                    .setMaxResults(most)
                    .getResultList();
            return expired.isEmpty()
                    ? 0
                    : entities.createQuery(
                                    "delete from PendingMediaEntity where mediaId in :ids and claimedUntil <= :now")
                            .setParameter("ids", expired)
                            .setParameter("now", now)
                            .executeUpdate();
        });
    }

    /** Within a transaction: whether the URI waits for its content still. */
    public static Lookup find(EntityManager entities, Mxc mxc, Instant now) {
        PendingMediaEntity row = entities.find(PendingMediaEntity.class, mxc.mediaId());
        return row == null || (row.expired(now) && !row.claimed(now)) ? new Lookup.Absent() : new Lookup.Pending();
    }

    /** Within a transaction: which of the URIs wait for their content still. */
    public static Set<Mxc> pending(EntityManager entities, Collection<Mxc> uris, Instant now) {
        Set<String> pending = entities.createQuery(
                        "select p.mediaId from PendingMediaEntity p where p.mediaId in :ids"
                                + " and (p.expiresAt > :now or p.claim is not null and p.claimedUntil > :now)",
                        String.class)
                .setParameter("ids", uris.stream().map(Mxc::mediaId).toList())
                .setParameter("now", now.toEpochMilli())
                .getResultStream()
                .collect(Collectors.toSet());
        return uris.stream().filter(mxc -> pending.contains(mxc.mediaId())).collect(Collectors.toSet());
    }
}
