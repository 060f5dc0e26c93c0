package io.mediakeep.admin.search;

import io.mediakeep.matrix.MatrixException;
import java.util.List;
import java.util.Map;

/** Adds up the media of each user. */
public final class UserStatisticsCatalog {
    /** They are sorted in memory, since their display names are not in the database. */
    static final int MAX_USERS = 100_000;

    private final BoundedQueryCatalog queries;

    /** The media of a database. */
    public UserStatisticsCatalog(BoundedQueryCatalog queries) {
        this.queries = queries;
    }

    /**
     * The users that uploaded media between two points in time, both included, in milliseconds since 1970.
     *
     * @param displayNames by user id
     * @throws MatrixException 400 when they are more than 100,000
     */
    public List<UserStatistics> between(long from, long until, Map<String, String> displayNames) {
        List<UserStatistics> users = queries.call(entities -> entities.createQuery(
                        "select m.uploader, count(*), sum(m.size) from MediaEntity m where m.uploader is not null"
                                + " and m.createdAt between :from and :until group by m.uploader",
                        Object[].class)
                .setParameter("from", from)
                .setParameter("until", until)
                .setMaxResults(MAX_USERS + 1)
                .getResultStream()
                .map(row -> new UserStatistics(
                        (String) row[0], displayNames.get((String) row[0]), (Long) row[1], (Long) row[2]))
                .toList());
        if (users.size() > MAX_USERS) {
            throw MatrixException.badRequest("There are more than " + MAX_USERS + " users; use a shorter time range");
        }
        return users;
    }
}
