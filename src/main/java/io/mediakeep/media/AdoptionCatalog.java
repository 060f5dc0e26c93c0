package io.mediakeep.media;

import io.mediakeep.blob.BlobId;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.UserId;
import io.mediakeep.media.blob.BlobCatalog;
import io.mediakeep.media.blob.ContentUriCatalog;
import io.mediakeep.media.quarantine.HashRestriction;
import io.mediakeep.media.quarantine.HashRestrictionCatalog;
import io.mediakeep.media.quarantine.QuarantineChangeCatalog;
import io.mediakeep.media.usage.UsageCatalog;
import io.mediakeep.persistence.Transactions;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** The rows of media that is imported from the stores of other servers, and the content URIs of what was removed of it. */
public final class AdoptionCatalog {
    private final Transactions transactions;

    /** The catalog in a database. */
    public AdoptionCatalog(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Which of these content URIs have a row, or must not be served from another store. */
    public Set<Mxc> known(Collection<Mxc> uris) {
        return transactions.call(entities -> known(entities, uris));
    }

    private static Set<Mxc> known(EntityManager entities, Collection<Mxc> uris) {
        Set<Mxc> known = existing(entities, "MediaEntity", uris);
        known.addAll(excluded(entities, uris));
        return known;
    }

    /** Whether this content URI must not be served from another store: it was adopted and is removed, or is quarantined. */
    public boolean isExcluded(Mxc mxc) {
        return transactions.call(entities -> !excluded(entities, List.of(mxc)).isEmpty());
    }

    private static Set<Mxc> excluded(EntityManager entities, Collection<Mxc> uris) {
        Set<Mxc> excluded = existing(entities, "RemovedMediaEntity", uris);
        excluded.addAll(existing(entities, "QuarantinedUriEntity", uris));
        return excluded;
    }

    /** Whether content may be served: it is not blocked, and not quarantined unless its media is protected. */
    public boolean isUnrestricted(BlobId id, boolean safeFromQuarantine) {
        Set<HashRestriction> restrictions = transactions.call(entities -> HashRestrictionCatalog.of(entities, id));
        return !restrictions.contains(HashRestriction.BLOCKED)
                && (safeFromQuarantine || !restrictions.contains(HashRestriction.QUARANTINED));
    }

    private static Set<Mxc> existing(EntityManager entities, String entity, Collection<Mxc> uris) {
        Map<String, List<Mxc>> byServer =
                uris.stream().collect(Collectors.groupingBy(mxc -> mxc.server().value()));
        Set<Mxc> found = new HashSet<>();
        byServer.forEach((origin, media) -> {
            Set<String> ids = new HashSet<>(entities.createQuery(
                            "select m.mediaId from " + entity + " m where m.origin = :origin and m.mediaId in :ids",
                            String.class)
                    .setParameter("origin", origin)
                    .setParameter("ids", media.stream().map(Mxc::mediaId).toList())
                    .getResultList());
            media.stream().filter(mxc -> ids.contains(mxc.mediaId())).forEach(found::add);
        });
        return found;
    }

    /**
     * Adds the rows of a batch in one transaction, durable on return, and counts them for their uploaders, whatever
     * their quotas are. What has a row already, is removed or quarantined, is left as it is. Locks are taken in the order of the
     * hashes and then of the users, which prevents deadlocks.
     *
     * @param batch 100 items at most, so that uploads of the same users do not wait for long; no content URI twice
     * @param record runs within the transaction, at its end
     */
    public Adopted add(List<AdoptedMedia> batch, BiConsumer<EntityManager, Adopted> record) {
        return transactions.callDurably(entities -> {
            List<AdoptedMedia> unknown = unknown(entities, batch);
            List<AdoptedMedia> referenced = unknown.stream()
                    .sorted(Comparator.comparing(
                            adopted -> adopted.media().blob().value()))
                    .filter(adopted ->
                            BlobCatalog.addReference(entities, adopted.media().blob()))
                    .toList();
            Adopted result = persist(entities, referenced, without(referenced, unknown));
            record.accept(entities, result);
            return result;
        });
    }

    private static List<AdoptedMedia> unknown(EntityManager entities, List<AdoptedMedia> batch) {
        List<Mxc> uris = batch.stream().map(adopted -> adopted.media().mxc()).toList();
        Set<Mxc> known = known(entities, uris);
        return batch.stream()
                .filter(adopted -> !known.contains(adopted.media().mxc()))
                .toList();
    }

    /** The restrictions are read after the rows of the blobs are locked. */
    private static Adopted persist(
            EntityManager entities, List<AdoptedMedia> referenced, List<AdoptedMedia> withoutBlob) {
        Set<BlobId> blocked = restricted(entities, referenced, HashRestriction.BLOCKED);
        Set<BlobId> quarantined = restricted(entities, referenced, HashRestriction.QUARANTINED);
        List<AdoptedMedia> permitted = referenced.stream()
                .filter(adopted -> !blocked.contains(idOf(adopted)))
                .toList();
        List<Mxc> newlyQuarantined = new ArrayList<>();
        for (AdoptedMedia adopted : permitted) {
            boolean byHash = quarantined.contains(idOf(adopted)) && !adopted.safeFromQuarantine();
            MediaEntity row = MediaEntity.adopted(adopted, byHash);
            entities.persist(row);
            if (row.isQuarantined()) {
                newlyQuarantined.add(row.mxc());
            }
        }
        if (!newlyQuarantined.isEmpty()) {
            QuarantineChangeCatalog.record(entities, newlyQuarantined, true);
        }
        count(entities, permitted);
        return new Adopted(permitted, without(permitted, referenced), withoutBlob);
    }

    private static List<AdoptedMedia> without(List<AdoptedMedia> some, List<AdoptedMedia> all) {
        return all.stream().filter(adopted -> !some.contains(adopted)).toList();
    }

    private static Set<BlobId> restricted(
            EntityManager entities, List<AdoptedMedia> media, HashRestriction restriction) {
        return media.isEmpty()
                ? Set.of()
                : HashRestrictionCatalog.restricted(
                        entities, media.stream().map(AdoptionCatalog::idOf).toList(), restriction);
    }

    private static BlobId idOf(AdoptedMedia adopted) {
        return adopted.media().blob().id();
    }

    private static void count(EntityManager entities, List<AdoptedMedia> added) {
        added.stream()
                .map(AdoptedMedia::media)
                .filter(media -> media.uploader().isPresent())
                .sorted(Comparator.comparing(
                        media -> media.uploader().map(UserId::value).orElseThrow()))
                .forEach(media ->
                        UsageCatalog.addAdopted(entities, media.uploader().orElseThrow(), media.size()));
    }

    /** Within the transaction that removes media, before it does: records what was adopted of it. */
    static void recordRemoval(EntityManager entities, List<Mxc> media) {
        ContentUriCatalog uris = new ContentUriCatalog(media);
        uris.bind(entities.createQuery("insert into RemovedMediaEntity (origin, mediaId) select m.origin, m.mediaId"
                        + " from MediaEntity m where " + uris.in("m") + " and m.adopted = true"))
                .executeUpdate();
    }
}
