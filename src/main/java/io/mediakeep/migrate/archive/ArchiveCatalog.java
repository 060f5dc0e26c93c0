package io.mediakeep.migrate.archive;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.matrix.ContentType;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.matrix.UserId;
import io.mediakeep.media.MediaPosition;
import io.mediakeep.migrate.source.SourceRow;
import io.mediakeep.persistence.Transactions;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of media that is archived, page by page, in the order of an index. */
public final class ArchiveCatalog {
    private static final String SELECT = "select m.origin, m.mediaId, m.uploader, m.contentType, m.fileName, m.size,"
            + " m.createdAt, m.lastAccessAt, m.quarantined, m.quarantinedBy, m.safeFromQuarantine,"
            + " m.authenticatedOnly, b.location, b.damagedAt"
            + " from MediaEntity m join BlobEntity b on b.hash = m.blobHash where m.expiresAt is null and ";

    private static final String AFTER_URI =
            "m.origin >= :afterOrigin and (m.origin > :afterOrigin or m.mediaId > :afterId)";
    private static final String BY_CREATION = "m.uploader = :uploader and m.createdAt >= :afterTime"
            + " and (m.createdAt > :afterTime or " + AFTER_URI + ")"
            + " order by m.uploader, m.createdAt, m.origin, m.mediaId";
    private static final String BY_URI = " order by m.origin, m.mediaId";

    private final Transactions transactions;

    /** The catalog in a database. */
    public ArchiveCatalog(Transactions transactions) {
        this.transactions = transactions;
    }

    /** At most {@code max} items after a position. */
    public List<ArchivedMedia> after(MediaPosition position, ArchiveScope scope, int max) {
        return transactions.call(entities -> {
            TypedQuery<Object[]> query = entities.createQuery(SELECT + condition(scope), Object[].class)
                    .setParameter("afterOrigin", position.origin())
                    .setParameter("afterId", position.mediaId());
            scope.uploader()
                    .ifPresent(user ->
                            query.setParameter("uploader", user.value()).setParameter("afterTime", position.time()));
            scope.origin().ifPresent(server -> query.setParameter("origin", server.value()));
            return query.setMaxResults(max)
                    .getResultStream()
                    .map(ArchiveCatalog::media)
                    .toList();
        });
    }

    private static String condition(ArchiveScope scope) {
        if (scope.uploader().isPresent()) {
            return BY_CREATION;
        }
        return (scope.origin().isPresent() ? "m.origin = :origin and " : "") + AFTER_URI + BY_URI;
    }

    private static ArchivedMedia media(Object[] row) {
        BlobLocation blob = new BlobLocation((String) row[12]);
        SourceRow media = new SourceRow(
                new Mxc(new ServerName((String) row[0]), (String) row[1]),
                text(row[2]).map(UserId::new),
                ContentType.parse((String) row[3]),
                text(row[4]),
                (Long) row[5],
                Optional.of(blob.id()),
                Instant.ofEpochMilli((Long) row[6]),
                Instant.ofEpochMilli((Long) row[7]),
                new SourceRow.Access(
                        (Boolean) row[8],
                        text(row[9]).filter(by -> by.startsWith("@")).map(UserId::new), // else the system
                        (Boolean) row[10],
                        (Boolean) row[11],
                        false),
                TarFile.contentName(blob.id()));
        return new ArchivedMedia(media, blob, row[13] != null);
    }

    private static Optional<String> text(@Nullable Object column) {
        return Optional.ofNullable((String) column);
    }

    /** The position of an item. */
    public static MediaPosition positionOf(ArchivedMedia media, ArchiveScope scope) {
        SourceRow row = media.row();
        return new MediaPosition(
                scope.uploader().isPresent() ? row.createdAt().toEpochMilli() : 0,
                row.mxc().server().value(),
                row.mxc().mediaId());
    }
}
