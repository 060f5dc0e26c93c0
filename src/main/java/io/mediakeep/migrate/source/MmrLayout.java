package io.mediakeep.migrate.source;

import io.mediakeep.blob.BlobId;
import java.sql.Connection;
import java.util.Locale;
import java.util.Optional;

/** matrix-media-repo: the row has the path of the file. */
final class MmrLayout implements SourceLayout {

    @Override
    public String select(Connection connection) {
        return "select m.origin, m.media_id, m.content_type, m.upload_name as file_name, m.user_id as uploader,"
                + " m.size_bytes as size, m.creation_ts as created,"
                + " coalesce(a.last_access_ts, m.creation_ts) as accessed,"
                + " case when m.quarantined then '' end as quarantined_by,"
                + " exists (select 1 from media_attributes p where p.origin = m.origin and p.media_id = m.media_id"
                + " and p.purpose = 'pinned') as safe, false as preview, m.location as file_id,"
                + " exists (select 1 from restricted_media r where r.origin = m.origin and r.media_id = m.media_id"
                + " and r.condition_type = 'io.t2bot.requires_authentication' and r.condition_value = 'true')"
                + " as authenticated, m.sha256_hash as hash"
                + " from media m left join last_access a on a.sha256_hash = m.sha256_hash";
    }

    @Override
    public int serverNames() {
        return 0;
    }

    @Override
    public BlobId hash(String column) {
        return new BlobId(column.toLowerCase(Locale.ROOT));
    }

    @Override
    public Optional<String> fileName(String column) {
        return Optional.of(column); // "." stands for none, and is no name
    }

    @Override
    public String path(String origin, boolean local, String fileId) {
        return fileId;
    }
}
