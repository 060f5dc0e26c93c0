package io.mediakeep.media;

import io.mediakeep.blob.BlobId;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.matrix.UserId;
import java.time.Instant;
import java.util.Map;

/**
 * Media that is read page by page, in the order of an index, so that no page reads more rows than it has.
 *
 * @param condition in JPQL, on the entity {@code m}
 */
public record MediaScan(String condition, Map<String, Object> parameters, Order order) {

    /** The columns of an index. The columns that a condition fixes are named too, since H2 compares all of them. */
    enum Order {
        ACCESS("m.remote, m.quarantined, m.lastAccessAt, m.origin, m.mediaId", "m.lastAccessAt"),
        CREATION("m.uploader, m.createdAt, m.origin, m.mediaId", "m.createdAt"),
        EXPIRY("m.expiresAt, m.origin, m.mediaId", "m.expiresAt"),
        URI("m.origin, m.mediaId", "");

        private static final String AFTER_URI = "(m.origin > :afterOrigin or m.mediaId > :afterId)";

        final String columns;
        private final String time;

        Order(String columns, String time) {
            this.columns = columns;
            this.time = time;
        }

        private long timeOf(MediaRow row) {
            return switch (this) {
                case ACCESS -> row.lastAccessAt().toEpochMilli();
                case CREATION -> row.createdAt().toEpochMilli();
                case EXPIRY -> row.expiresAt().map(Instant::toEpochMilli).orElse(0L);
                case URI -> 0;
            };
        }

        /** The condition for rows after a position. */
        String after() {
            String sameTime = "m.origin >= :afterOrigin and " + AFTER_URI;
            return time.isEmpty()
                    ? sameTime
                    : time + " >= :afterTime and (" + time + " > :afterTime or " + sameTime + ")";
        }

        boolean hasTime() {
            return !time.isEmpty();
        }
    }

    /** One item. */
    public static MediaScan of(Mxc mxc) {
        return new MediaScan(
                "m.origin = :origin and m.mediaId = :id",
                Map.of("origin", mxc.server().value(), "id", mxc.mediaId()),
                Order.URI);
    }

    /** All media of a server. */
    public static MediaScan of(ServerName origin) {
        return new MediaScan("m.origin = :origin", Map.of("origin", origin.value()), Order.URI);
    }

    /** All media with some content. */
    public static MediaScan of(BlobId hash) {
        return new MediaScan("m.blobHash = :hash", Map.of("hash", hash.sha256()), Order.URI);
    }

    /** What a user has uploaded, oldest first. */
    public static MediaScan of(UserId uploader) {
        return new MediaScan("m.uploader = :uploader", Map.of("uploader", uploader.value()), Order.CREATION);
    }

    /** The images of previews. */
    public static MediaScan previews() {
        return new MediaScan("m.expiresAt >= 0", Map.of(), Order.EXPIRY);
    }

    /**
     * Media that was not accessed since a time, by its last access.
     *
     * @param remote whether it is other servers'; else it includes the images of previews
     */
    public static MediaScan unused(boolean remote, boolean quarantined, Instant since) {
        return new MediaScan(
                "m.remote = :remote and m.quarantined = :quarantined and m.lastAccessAt < :since",
                Map.of("remote", remote, "quarantined", quarantined, "since", since.toEpochMilli()),
                Order.ACCESS);
    }

    /** The position of a row of this scan. */
    public MediaPosition positionOf(MediaRow row) {
        return new MediaPosition(
                order.timeOf(row), row.mxc().server().value(), row.mxc().mediaId());
    }
}
