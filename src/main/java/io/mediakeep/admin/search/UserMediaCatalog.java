package io.mediakeep.admin.search;

import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.UserId;
import java.util.List;
import java.util.Optional;

/** Single media, and the media of a user. */
public final class UserMediaCatalog {
    private final BoundedQueryCatalog queries;

    /** The media of a database. */
    public UserMediaCatalog(BoundedQueryCatalog queries) {
        this.queries = queries;
    }

    /** What a list of a user's media is sorted by. */
    public enum Order {
        MEDIA_ID("mediaId"),
        UPLOAD_NAME("fileName"),
        CREATED("createdAt"),
        LAST_ACCESS("lastAccessAt"),
        SIZE("size"),
        TYPE("contentType"),
        QUARANTINED_BY("quarantinedBy"),
        PROTECTED("safeFromQuarantine");

        private final String field;

        Order(String field) {
            this.field = field;
        }

        private String clause(boolean descending) {
            return " order by m." + field + (descending ? " desc nulls last" : " asc nulls first") + ", m.mediaId";
        }
    }

    /** The media with this URI, quarantined or not. */
    public Optional<MediaRecord> find(Mxc mxc) {
        return queries.call(entities -> entities.createQuery(
                        MediaRecord.SELECT + " where m.origin = :origin and m.mediaId = :id", MediaRecord.class)
                .setParameter("origin", mxc.server().value())
                .setParameter("id", mxc.mediaId())
                .getResultStream()
                .findFirst());
    }

    /** The media that a user uploaded, sorted, without the first {@code from}; at most {@code limit}. */
    public List<MediaRecord> uploadedBy(UserId user, Order order, boolean descending, long from, int limit) {
        return queries.call(entities -> entities.createQuery(
                        MediaRecord.SELECT + " where m.uploader = :user" + order.clause(descending), MediaRecord.class)
                .setParameter("user", user.value())
                .setFirstResult((int) Math.min(from, Integer.MAX_VALUE))
                .setMaxResults(limit)
                .getResultList());
    }

    /** How many media a user uploaded. */
    public long countUploadedBy(UserId user) {
        return queries.call(entities -> entities.createQuery(
                        "select count(*) from MediaEntity m where m.uploader = :user", Long.class)
                .setParameter("user", user.value())
                .getSingleResult());
    }
}
