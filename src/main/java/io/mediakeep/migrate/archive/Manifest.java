package io.mediakeep.migrate.archive;

import io.mediakeep.blob.BlobId;
import io.mediakeep.matrix.ContentType;
import io.mediakeep.matrix.JsonText;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.UserId;
import io.mediakeep.media.content.FileName;
import io.mediakeep.migrate.source.SourceEntry;
import io.mediakeep.migrate.source.SourceRow;
import io.mediakeep.migrate.source.UnreadableRow;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The list of the media in an archive, as JSON. Nothing is assumed of what is read. */
final class Manifest {
    private static final String FORMAT = "mediakeep-archive";
    private static final int VERSION = 1;

    private Manifest() {}

    static byte[] of(List<ArchivedMedia> media) {
        JsonArrayBuilder items = Json.createArrayBuilder();
        media.forEach(item -> items.add(json(item)));
        return Json.createObjectBuilder()
                .add("format", FORMAT)
                .add("version", VERSION)
                .add("media", items)
                .build()
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    private static JsonObjectBuilder json(ArchivedMedia item) {
        SourceRow row = item.row();
        JsonObjectBuilder json = Json.createObjectBuilder().add("mxc", row.mxc().toString());
        row.uploader().ifPresent(user -> json.add("uploader", user.value()));
        json.add("content_type", row.contentType().value());
        row.fileName().ifPresent(name -> json.add("file_name", name));
        json.add("size", row.size())
                .add("sha256", item.hash().sha256())
                .add("created_ts", row.createdAt().toEpochMilli())
                .add("last_access_ts", row.lastAccessAt().toEpochMilli())
                .add("authenticated_only", row.access().authenticatedOnly())
                .add("quarantined", row.access().quarantined());
        row.access().quarantinedBy().ifPresent(by -> json.add("quarantined_by", by.value()));
        return json.add("safe_from_quarantine", row.access().safeFromQuarantine())
                .add("damaged", item.damaged());
    }

    /**
     * Reads a manifest.
     *
     * @throws InvalidArchiveException when it is none, or of a newer version
     */
    static List<SourceEntry> parse(byte[] bytes) throws InvalidArchiveException {
        JsonObject manifest = JsonText.value(new String(bytes, StandardCharsets.UTF_8))
                .filter(JsonObject.class::isInstance)
                .map(JsonValue::asJsonObject)
                .filter(json -> json.getString("format", "").equals(FORMAT))
                .orElseThrow(() -> new InvalidArchiveException("its manifest is not that of an archive"));
        if (manifest.getInt("version", 0) != VERSION) {
            throw new InvalidArchiveException("its version is not " + VERSION);
        }
        JsonValue media = manifest.getOrDefault("media", JsonValue.NULL);
        if (!(media instanceof JsonArray items) || items.size() > Archives.MAX_ITEMS) {
            throw new InvalidArchiveException("its manifest has no list of at most 1,000 media items");
        }
        return items.stream().map(Manifest::entry).toList();
    }

    private static SourceEntry entry(JsonValue item) {
        try {
            return row(item.asJsonObject());
        } catch (IllegalArgumentException | ClassCastException | NullPointerException unreadable) {
            return new UnreadableRow(
                    item instanceof JsonObject json ? json.getString("mxc", "?").replaceAll("\\p{Cntrl}", "?") : "?",
                    "Its entry in the manifest is unreadable");
        }
    }

    private static SourceRow row(JsonObject json) {
        BlobId hash = new BlobId(json.getString("sha256"));
        return new SourceRow(
                Mxc.parse(json.getString("mxc")),
                user(json, "uploader"),
                ContentType.parse(json.getString("content_type")),
                Optional.ofNullable(json.getString("file_name", null)).flatMap(FileName::clean),
                json.getJsonNumber("size").longValueExact(),
                Optional.of(hash),
                Instant.ofEpochMilli(json.getJsonNumber("created_ts").longValueExact()),
                Instant.ofEpochMilli(json.getJsonNumber("last_access_ts").longValueExact()),
                new SourceRow.Access(
                        json.getBoolean("quarantined"),
                        user(json, "quarantined_by"),
                        json.getBoolean("safe_from_quarantine"),
                        json.getBoolean("authenticated_only"),
                        false),
                TarFile.contentName(hash));
    }

    private static Optional<UserId> user(JsonObject json, String key) {
        return Optional.ofNullable(json.getString(key, null)).map(UserId::new);
    }
}
