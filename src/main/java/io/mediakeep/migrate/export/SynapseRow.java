package io.mediakeep.migrate.export;

import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.Sha256;
import io.mediakeep.matrix.UserId;
import io.mediakeep.migrate.source.SourceRow;
import io.mediakeep.migrate.source.SynapsePaths;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A row of Synapse's database.
 *
 * @param table that it is in
 * @param values in the order of its columns: texts, numbers, booleans and null
 * @param path of its file below the media store
 */
record SynapseRow(Table table, List<@Nullable Object> values, String path) {
    private static final int ID_LENGTH = 24;

    /** A table, in which an existing row only takes over the quarantine. */
    enum Table {
        LOCAL(
                "local_media_repository",
                "media_id",
                "media_id, media_type, media_length, created_ts, upload_name, user_id, quarantined_by, last_access_ts,"
                        + " safe_from_quarantine, authenticated, sha256",
                "quarantined_by = excluded.quarantined_by, safe_from_quarantine = excluded.safe_from_quarantine"),
        REMOTE(
                "remote_media_cache",
                "media_origin, media_id",
                "media_origin, media_id, filesystem_id, media_type, media_length, created_ts, upload_name,"
                        + " quarantined_by, last_access_ts, authenticated, sha256",
                "quarantined_by = excluded.quarantined_by");

        private final String name;
        private final String key;
        private final String columns;
        private final String update;

        Table(String name, String key, String columns, String update) {
            this.name = name;
            this.key = key;
            this.columns = columns;
            this.update = update;
        }

        /** A statement that inserts a row, for PostgreSQL and SQLite. */
        String insert(String values) {
            return "insert into " + name + " (" + columns + ") values (" + values + ") on conflict (" + key
                    + ") do update set " + update;
        }

        /** A statement with parameters. */
        String insert() {
            return insert(
                    Arrays.stream(columns.split(",", -1)).map(column -> "?").collect(Collectors.joining(", ")));
        }
    }

    /** The row of media of Synapse's own server. */
    static SynapseRow local(SourceRow media) {
        SourceRow.Access access = media.access();
        String id = media.mxc().mediaId();
        return new SynapseRow(
                Table.LOCAL,
                values(
                        id,
                        media.contentType().value(),
                        media.size(),
                        media.createdAt().toEpochMilli(),
                        media.fileName().orElse(null),
                        media.uploader().map(UserId::value).orElse(null),
                        quarantinedBy(access),
                        media.lastAccessAt().toEpochMilli(),
                        access.safeFromQuarantine(),
                        access.authenticatedOnly(),
                        hash(media)),
                SynapsePaths.local(id));
    }

    /** The row of media of another server. */
    static SynapseRow remote(SourceRow media) {
        String file = fileId(media.mxc());
        String origin = media.mxc().server().value();
        return new SynapseRow(
                Table.REMOTE,
                values(
                        origin,
                        media.mxc().mediaId(),
                        file,
                        media.contentType().value(),
                        media.size(),
                        media.createdAt().toEpochMilli(),
                        media.fileName().orElse(null),
                        quarantinedBy(media.access()),
                        media.lastAccessAt().toEpochMilli(),
                        media.access().authenticatedOnly(),
                        hash(media)),
                SynapsePaths.remote(origin, file));
    }

    private static List<@Nullable Object> values(@Nullable Object... values) {
        return Collections.unmodifiableList(Arrays.asList(values));
    }

    /** The same for the same media, so that an export can be repeated; Synapse takes a random one. */
    private static String fileId(Mxc mxc) {
        byte[] digest = Sha256.newDigest().digest(mxc.toString().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest).substring(0, ID_LENGTH);
    }

    private static @Nullable String quarantinedBy(SourceRow.Access access) {
        return access.quarantined() ? access.quarantinedBy().map(UserId::value).orElse("system") : null;
    }

    private static String hash(SourceRow media) {
        return media.hash().orElseThrow().sha256();
    }
}
