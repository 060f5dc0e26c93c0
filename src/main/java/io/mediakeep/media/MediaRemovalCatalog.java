package io.mediakeep.media;

import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.UserId;
import io.mediakeep.media.blob.BlobCatalog;
import io.mediakeep.media.blob.ContentUriCatalog;
import io.mediakeep.persistence.Announcements;
import io.mediakeep.persistence.Transactions;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rows of media that is selected for removal, and their removal. */
public final class MediaRemovalCatalog {
    private final Transactions transactions;
    private final Announcements announcements;
    private final BlobCatalog blobs;

    /** The catalog in a database. */
    public MediaRemovalCatalog(Transactions transactions, Announcements announcements, BlobCatalog blobs) {
        this.transactions = transactions;
        this.announcements = announcements;
        this.blobs = blobs;
    }

    /** At most {@code max} rows of a scan that follow a position. */
    public List<MediaRow> page(MediaScan scan, MediaPosition after, int max) {
        return transactions.call(entities -> {
            TypedQuery<MediaEntity> query = entities.createQuery(
                    "select m from MediaEntity m where " + scan.condition() + " and "
                            + scan.order().after() + " order by " + scan.order().columns,
                    MediaEntity.class);
            scan.parameters().forEach(query::setParameter);
            if (scan.order().hasTime()) {
                query.setParameter("afterTime", after.time());
            }
            return query.setParameter("afterOrigin", after.origin())
                    .setParameter("afterId", after.mediaId())
                    .setMaxResults(max)
                    .getResultStream()
                    .map(MediaEntity::toRow)
                    .toList();
        });
    }

    /**
     * Removes media, with its thumbnails, in one transaction, and announces that to all nodes. On return it is durable.
     * The blobs are removed later, when nothing refers to them.
     *
     * @param media 100 items at most, so that others do not wait for the transaction for long
     * @param condition that must still be met when the row is locked
     * @param record runs within the transaction, at its end
     */
    public RemovedMedia remove(
            Collection<Mxc> media, Predicate<MediaRow> condition, BiConsumer<EntityManager, RemovedMedia> record) {
        RemovedMedia removed = transactions.callDurably(entities -> {
            List<MediaRow> rows = locked(entities, media).filter(condition).toList();
            RemovedMedia result = RemovedMedia.of(rows);
            delete(entities, result.media());
            subtractUsage(entities, rows);
            result.media().forEach(mxc -> announcements.announce(entities, mxc.toString()));
            record.accept(entities, result);
            return result;
        });
        removed.media().forEach(mxc -> announcements.notifyListeners(mxc.toString()));
        return removed;
    }

    /** As {@link #remove}, without removing anything. */
    public RemovedMedia countOnly(List<MediaRow> rows, BiConsumer<EntityManager, RemovedMedia> record) {
        RemovedMedia counted = RemovedMedia.of(rows);
        transactions.run(entities -> record.accept(entities, counted));
        return counted;
    }

    /** The rows that still exist, locked in one order by all transactions. */
    private static Stream<MediaRow> locked(EntityManager entities, Collection<Mxc> media) {
        if (media.isEmpty()) {
            return Stream.empty();
        }
        ContentUriCatalog uris = new ContentUriCatalog(List.copyOf(media));
        return uris
                .bind(entities.createQuery(
                        "select m from MediaEntity m where " + uris.in("m") + " order by m.origin, m.mediaId",
                        MediaEntity.class))
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList()
                .stream()
                .map(MediaEntity::toRow);
    }

    private void delete(EntityManager entities, List<Mxc> media) {
        if (media.isEmpty()) {
            return;
        }
        blobs.release(entities, media);
        AdoptionCatalog.recordRemoval(entities, media);
        ContentUriCatalog uris = new ContentUriCatalog(media);
        uris.bind(entities.createQuery(
                        "delete from MediaEntity m where " + uris.in("m"))) // and thumbnails, by a cascade
                .executeUpdate();
    }

    /** The usage rows are locked in the order of their keys, which prevents deadlocks. */
    private static void subtractUsage(EntityManager entities, List<MediaRow> rows) {
        Map<String, List<MediaRow>> byUser = rows.stream()
                .filter(row -> row.uploader().isPresent())
                .collect(Collectors.groupingBy(
                        row -> row.uploader().map(UserId::value).orElseThrow(), TreeMap::new, Collectors.toList()));
        byUser.forEach((user, removed) -> entities.createQuery(
                        "update UsageEntity set bytes = bytes - :bytes, files = files - :files where userId = :user")
                .setParameter("bytes", MediaRow.bytes(removed))
                .setParameter("files", (long) removed.size())
                .setParameter("user", user)
                .executeUpdate());
    }
}
