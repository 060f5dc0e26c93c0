package io.mediakeep.api.synapse;

import io.mediakeep.admin.search.MediaRecord;
import io.mediakeep.api.response.JsonBody;
import jakarta.json.JsonObjectBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Media as JSON, in the form of Synapse's admin API. Where Synapse has the URL of the page whose preview shows an image,
 * it is null here.
 */
final class SynapseMedia {
    private SynapseMedia() {}

    /** For a single item. What only local media has is null for remote media, and the other way round. */
    static JsonObjectBuilder info(MediaRecord media) {
        JsonObjectBuilder json = JsonBody.object();
        add(json, "media_origin", media.remote() ? media.origin() : null);
        add(json, "user_id", media.uploader());
        json.add("media_id", media.mediaId());
        addContent(json, media);
        add(json, "filesystem_id", media.remote() ? media.hash() : null);
        json.addNull("url_cache");
        addState(json, media);
        if (media.remote()) {
            json.addNull("safe_from_quarantine");
        } else {
            json.add("safe_from_quarantine", media.safeFromQuarantine());
        }
        return json.add("authenticated", media.authenticatedOnly()).add("sha256", media.hash());
    }

    /** For a list of a user's media. */
    static JsonObjectBuilder ofUser(MediaRecord media) {
        JsonObjectBuilder json = JsonBody.object().add("media_id", media.mediaId());
        addContent(json, media);
        json.addNull("url_cache");
        addState(json, media);
        json.add("safe_from_quarantine", media.safeFromQuarantine());
        add(json, "user_id", media.uploader());
        return json.add("authenticated", media.authenticatedOnly()).add("sha256", media.hash());
    }

    private static void addContent(JsonObjectBuilder json, MediaRecord media) {
        json.add("media_type", media.contentType()).add("media_length", media.size());
        add(json, "upload_name", media.fileName());
        json.add("created_ts", media.createdAt());
    }

    /** Local media that was never requested has no time of last access in Synapse. */
    private static void addState(JsonObjectBuilder json, MediaRecord media) {
        if (media.remote() || media.lastAccessAt() > media.createdAt()) {
            json.add("last_access_ts", media.lastAccessAt());
        } else {
            json.addNull("last_access_ts");
        }
        add(json, "quarantined_by", media.quarantinedBy());
    }

    /** Adds text, or null. */
    static void add(JsonObjectBuilder json, String name, @Nullable String text) {
        if (text == null) {
            json.addNull(name);
        } else {
            json.add(name, text);
        }
    }
}
