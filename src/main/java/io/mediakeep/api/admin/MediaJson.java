package io.mediakeep.api.admin;

import io.mediakeep.admin.search.MediaRecord;
import io.mediakeep.api.response.JsonBody;
import jakarta.json.JsonObjectBuilder;

/** Media as JSON. What media does not have is not there. */
final class MediaJson {
    private MediaJson() {}

    static JsonObjectBuilder of(MediaRecord media) {
        JsonObjectBuilder json = JsonBody.object()
                .add("mxc", "mxc://" + media.origin() + "/" + media.mediaId())
                .add("kind", kind(media));
        if (media.uploader() != null) {
            json.add("uploader", media.uploader());
        }
        json.add("content_type", media.contentType());
        if (media.fileName() != null) {
            json.add("file_name", media.fileName());
        }
        json.add("size", media.size())
                .add("hash", media.hash())
                .add("created_ts", media.createdAt())
                .add("last_access_ts", media.lastAccessAt())
                .add("authenticated", media.authenticatedOnly())
                .add("protected", media.safeFromQuarantine());
        if (media.quarantinedBy() != null) {
            json.add("quarantined_by", media.quarantinedBy());
        }
        if (media.expiresAt() != null) {
            json.add("expires_ts", media.expiresAt());
        }
        return json;
    }

    private static String kind(MediaRecord media) {
        if (media.remote()) {
            return "remote";
        }
        return media.expiresAt() == null ? "local" : "preview";
    }
}
