package io.mediakeep.admin.search;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.Optional;

/** Searches all media: local, remote, and images of previews. */
public final class MediaSearchCatalog {
    private final BoundedQueryCatalog queries;

    /** The media of a database. */
    public MediaSearchCatalog(BoundedQueryCatalog queries) {
        this.queries = queries;
    }

    /** The position of media in a sorted list: the value that it is sorted by, and its content URI. */
    public record Position(long value, String origin, String mediaId) {}

    /**
     * Media that a filter admits, sorted.
     *
     * @param after the last media of the page before
     */
    public List<MediaRecord> find(
            MediaFilter filter, MediaOrder order, boolean descending, Optional<Position> after, int limit) {
        String position = after.isPresent() ? " and " + order.after(descending) : "";
        String query = MediaRecord.SELECT + " where " + filter.condition() + position + order.clause(descending);
        return queries.call(entities -> {
            TypedQuery<MediaRecord> page = query(entities, query, MediaRecord.class, filter);
            after.ifPresent(last -> page.setParameter("value", last.value())
                    .setParameter("origin", last.origin())
                    .setParameter("id", last.mediaId()));
            return page.setMaxResults(limit).getResultList();
        });
    }

    /**
     * How much media a filter admits.
     *
     * @param bytes the sum of the sizes
     * @param storedBytes the sum of the sizes without duplicates: what the blob store has
     */
    public record Totals(long files, long bytes, long storedBytes) {}

    /** Adds up the media that a filter admits. */
    public Totals totals(MediaFilter filter) {
        return queries.call(entities -> {
            Object[] sums = query(
                            entities,
                            "select count(*), coalesce(sum(m.size), 0) from MediaEntity m where " + filter.condition(),
                            Object[].class,
                            filter)
                    .getSingleResult();
            long stored = query(
                            entities,
                            "select coalesce(sum(b.size), 0) from BlobEntity b where b.hash in"
                                    + " (select m.blobHash from MediaEntity m where " + filter.condition() + ")",
                            Long.class,
                            filter)
                    .getSingleResult();
            return new Totals((Long) sums[0], (Long) sums[1], stored);
        });
    }

    private static <T> TypedQuery<T> query(EntityManager entities, String text, Class<T> type, MediaFilter filter) {
        TypedQuery<T> query = entities.createQuery(text, type);
        filter.values().forEach(query::setParameter);
        return query;
    }
}
