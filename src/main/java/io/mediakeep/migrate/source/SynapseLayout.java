package io.mediakeep.migrate.source;

import io.mediakeep.blob.BlobId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Synapse: {@code local_content/aa/bb/rest}, {@code remote_content/<origin>/aa/bb/rest}, and for previews
 * {@code url_cache/<date>/rest}, before they had dates {@code url_cache/aa/bb/rest}.
 */
final class SynapseLayout implements SourceLayout {
    private static final String PREVIEW = "preview:";
    private static final Pattern DATED = Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2}).(.*)");

    @Override
    public String select(Connection connection) throws SQLException {
        return "select cast(? as text) as origin, media_id, media_type as content_type,"
                + " upload_name as file_name, user_id as uploader, media_length as size, created_ts as created,"
                + " cast(coalesce(last_access_ts, created_ts, 0) as bigint) as accessed, quarantined_by,"
                + " safe_from_quarantine as safe, url_cache is not null as preview,"
                + " case when url_cache is null then media_id else '" + PREVIEW + "' || media_id end as file_id"
                + optional(connection, "local_media_repository") + " from local_media_repository"
                + " union all select media_origin, media_id, media_type, upload_name, cast(null as text), media_length, created_ts,"
                + " cast(coalesce(last_access_ts, created_ts, 0) as bigint), quarantined_by, 1 = 0, 1 = 0,"
                + " filesystem_id" + optional(connection, "remote_media_cache") + " from remote_media_cache";
    }

    /** Columns that Synapse has since 2024 and 2025. */
    private static String optional(Connection connection, String table) throws SQLException {
        String authenticated = has(connection, table, "authenticated") ? "authenticated" : "1 = 0";
        String hash = has(connection, table, "sha256") ? "sha256" : "cast(null as text)";
        return ", " + authenticated + " as authenticated, " + hash + " as hash";
    }

    private static boolean has(Connection connection, String table, String column) throws SQLException {
        try (ResultSet columns = connection.getMetaData().getColumns(null, null, table, column)) {
            return columns.next();
        }
    }

    @Override
    public int serverNames() {
        return 1;
    }

    @Override
    public BlobId hash(String column) {
        return new BlobId(column.toLowerCase(Locale.ROOT));
    }

    @Override
    public Optional<String> fileName(String column) {
        return Optional.of(column);
    }

    @Override
    public String path(String origin, boolean local, String fileId) {
        if (!local) {
            return SynapsePaths.remote(origin, fileId);
        }
        if (!fileId.startsWith(PREVIEW)) {
            return SynapsePaths.local(fileId);
        }
        String id = fileId.substring(PREVIEW.length());
        Matcher dated = DATED.matcher(id);
        return "url_cache/" + (dated.matches() ? dated.group(1) + "/" + dated.group(2) : SynapsePaths.sharded(id));
    }
}
