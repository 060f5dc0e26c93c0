package io.mediakeep.admin.search;

import io.mediakeep.media.MediaRow.Kind;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds up what is stored. Each of its queries reads all rows of media or blobs. */
public final class UsageReportCatalog {
    /** Media is counted by how long ago it was last accessed: within these times, or longer ago. */
    public static final List<Duration> AGES =
            List.of(Duration.ofDays(7), Duration.ofDays(30), Duration.ofDays(90), Duration.ofDays(365));

    private static final Sum NOTHING = new Sum(0, 0);

    private final BoundedQueryCatalog queries;
    private final Clock clock;

    /** @param clock shared by all nodes */
    public UsageReportCatalog(BoundedQueryCatalog queries, Clock clock) {
        this.queries = queries;
        this.clock = clock;
    }

    /** What media is grouped by. */
    public enum Group {
        USER("m.uploader", "m.uploader is not null"),
        ORIGIN("m.origin", "1 = 1"),
        TYPE("m.contentType", "1 = 1");

        private final String path;
        private final String condition;

        Group(String path, String condition) {
            this.path = path;
            this.condition = condition;
        }
    }

    /** A number of files or blobs, and the sum of their sizes. */
    public record Sum(long count, long bytes) {}

    /** The groups with the most bytes, at most {@code limit}. */
    public Map<String, Sum> by(Group group, int limit) {
        String query =
                "select %1$s, count(*), sum(m.size) from MediaEntity m where %2$s group by %1$s order by 3 desc, 1"
                        .formatted(group.path, group.condition);
        return queries.call(entities -> {
            Map<String, Sum> sums = new LinkedHashMap<>();
            entities.createQuery(query, Object[].class)
                    .setMaxResults(limit)
                    .getResultStream()
                    .forEach(row -> sums.put((String) row[0], new Sum((Long) row[1], (Long) row[2])));
            return sums;
        });
    }

    /** All media by the time since its last access: the sums for each of the ages, the last for longer ones. */
    public List<Sum> byAge() {
        long now = clock.millis();
        StringBuilder bucket = new StringBuilder("case");
        for (int i = 0; i < AGES.size(); i++) {
            bucket.append(" when m.lastAccessAt >= ")
                    .append(now - AGES.get(i).toMillis())
                    .append("L then ")
                    .append(i);
        }
        bucket.append(" else ").append(AGES.size()).append(" end");
        Sum[] sums = new Sum[AGES.size() + 1];
        Arrays.fill(sums, NOTHING);
        queries.call(entities -> entities.createQuery(
                                "select " + bucket
                                        + " as bucket, count(*), sum(m.size) from MediaEntity m group by bucket",
                                Object[].class)
                        .getResultList())
                .forEach(row -> sums[(Integer) row[0]] = new Sum((Long) row[1], (Long) row[2]));
        return List.of(sums);
    }

    /** All media of a kind. */
    public Sum media(Kind kind) {
        return sum("select count(*), sum(m.size) from MediaEntity m where " + MediaFilter.condition(kind));
    }

    /** All thumbnails. */
    public Sum thumbnails() {
        return sum("select count(*), sum(t.size) from ThumbnailEntity t");
    }

    /** All blobs. */
    public Sum blobs() {
        return sum("select count(*), sum(b.size) from BlobEntity b");
    }

    /** The blobs that are to be removed unless something refers to them: orphans, and those of running uploads. */
    public Sum removalCandidates() {
        return sum(
                "select count(*), sum(b.size) from BlobEntity b, RemovalCandidateEntity c where c.location = b.location");
    }

    /** The blobs of all media of a kind that no other media has: what the removal of all of it would free. */
    public Sum blobsOnlyOf(Kind kind) {
        return blobsOnlyOf(MediaFilter.condition(kind));
    }

    /** The blobs of all quarantined media that no other media has. */
    public Sum blobsOnlyOfQuarantined() {
        return blobsOnlyOf("m.quarantined = true");
    }

    private Sum blobsOnlyOf(String condition) {
        String others = "select 1 from MediaEntity m where m.blobHash = b.hash and ";
        return sum("select count(*), sum(b.size) from BlobEntity b where exists (" + others + condition
                + ") and not exists (" + others + "not (" + condition + "))");
    }

    /** The blobs that only thumbnails have. */
    public Sum blobsOnlyOfThumbnails() {
        return sum("select count(*), sum(b.size) from BlobEntity b"
                + " where exists (select 1 from ThumbnailEntity t where t.blobHash = b.hash)"
                + " and not exists (select 1 from MediaEntity m where m.blobHash = b.hash)");
    }

    private Sum sum(String query) {
        Object[] row = queries.call(
                entities -> entities.createQuery(query, Object[].class).getSingleResult());
        return new Sum((Long) row[0], row[1] == null ? 0 : (Long) row[1]);
    }
}
