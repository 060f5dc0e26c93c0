package io.mediakeep.migrate.source;

import io.mediakeep.blob.BlobId;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** Dendrite: {@code h/a/shrest/file}, where {@code hashrest} is the SHA-256 in URL-safe Base64. */
final class DendriteLayout implements SourceLayout {

    @Override
    public String select(Connection connection) {
        return "select media_origin as origin, media_id, content_type, upload_name as file_name,"
                + " user_id as uploader, file_size_bytes as size, creation_ts as created,"
                + " cast(coalesce(creation_ts, 0) as bigint) as accessed, cast(null as text) as quarantined_by,"
                + " 1 = 0 as safe, 1 = 0 as preview, base64hash as file_id, 1 = 0 as authenticated,"
                + " base64hash as hash from mediaapi_media_repository";
    }

    @Override
    public int serverNames() {
        return 0;
    }

    @Override
    public BlobId hash(String column) {
        return new BlobId(HexFormat.of().formatHex(Base64.getUrlDecoder().decode(column)));
    }

    @Override
    public Optional<String> fileName(String column) {
        try {
            return Optional.of(URLDecoder.decode(column.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notEncoded) {
            return Optional.of(column);
        }
    }

    @Override
    public String path(String origin, boolean local, String fileId) {
        return fileId.length() < 3
                ? fileId
                : fileId.substring(0, 1) + "/" + fileId.substring(1, 2) + "/" + fileId.substring(2) + "/file";
    }
}
