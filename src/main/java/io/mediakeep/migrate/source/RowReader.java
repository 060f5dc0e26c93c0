package io.mediakeep.migrate.source;

import io.mediakeep.matrix.ContentType;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.matrix.UserId;
import io.mediakeep.media.content.FileName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows that a {@link SourceLayout} selects. Nothing is assumed of their values: a column of SQLite holds what was
 * put in, whatever its type.
 */
final class RowReader {
    private final SourceLayout layout;
    private final ServerName local;

    /** @param local the server whose media is not remote in this source */
    RowReader(SourceLayout layout, ServerName local) {
        this.layout = layout;
        this.local = local;
    }

    /** The current row. */
    SourceEntry read(ResultSet row) throws SQLException {
        try {
            return parse(row);
        } catch (IllegalArgumentException unreadable) {
            String subject = "mxc://" + row.getObject("origin") + "/" + row.getObject("media_id");
            return new UnreadableRow(
                    subject.replaceAll("\\p{Cntrl}", "?"), "The row is unreadable: " + unreadable.getMessage());
        }
    }

    private SourceRow parse(ResultSet row) throws SQLException {
        Mxc mxc = mxc(required(row, "origin"), required(row, "media_id"));
        boolean isLocal = mxc.server().equals(local);
        return new SourceRow(
                mxc,
                text(row, "uploader").filter(user -> isLocal).flatMap(RowReader::user),
                text(row, "content_type").map(ContentType::parse).orElse(ContentType.OCTET_STREAM),
                text(row, "file_name").flatMap(layout::fileName).flatMap(FileName::clean),
                number(row, "size").orElseThrow(),
                text(row, "hash").map(layout::hash),
                Instant.ofEpochMilli(number(row, "created").orElse(0)),
                Instant.ofEpochMilli(number(row, "accessed").orElse(0)),
                access(row),
                layout.path(mxc.server().value(), isLocal, required(row, "file_id")));
    }

    private static SourceRow.Access access(ResultSet row) throws SQLException {
        Optional<String> quarantinedBy = text(row, "quarantined_by");
        return new SourceRow.Access(
                quarantinedBy.isPresent(),
                quarantinedBy.flatMap(RowReader::user),
                flag(row, "safe"),
                flag(row, "authenticated"),
                flag(row, "preview"));
    }

    private static Mxc mxc(String origin, String mediaId) {
        if (!Mxc.isRequestable(mediaId)) {
            throw new IllegalArgumentException("not a media id");
        }
        return new Mxc(new ServerName(origin), mediaId);
    }

    /** Users of old servers may have ids that are none. */
    private static Optional<UserId> user(String id) {
        try {
            return Optional.of(new UserId(id));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    private static String required(ResultSet row, String column) throws SQLException {
        return text(row, column).orElseThrow(() -> new IllegalArgumentException(column + " is missing"));
    }

    private static Optional<String> text(ResultSet row, String column) throws SQLException {
        Object value = row.getObject(column);
        if (value == null || value instanceof String) {
            return Optional.ofNullable((String) value);
        }
        throw new IllegalArgumentException(column + " is not text");
    }

    private static OptionalLong number(ResultSet row, String column) throws SQLException {
        @Nullable Object value = row.getObject(column);
        if (value == null) {
            return OptionalLong.empty();
        }
        if (value instanceof Long || value instanceof Integer) {
            return OptionalLong.of(((Number) value).longValue());
        }
        throw new IllegalArgumentException(column + " is not a number");
    }

    private static boolean flag(ResultSet row, String column) throws SQLException {
        Object value = row.getObject(column);
        return value instanceof Boolean set ? set : value instanceof Number number && number.intValue() != 0;
    }
}
