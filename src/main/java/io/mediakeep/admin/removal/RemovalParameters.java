package io.mediakeep.admin.removal;

import io.mediakeep.blob.BlobId;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.matrix.UserId;
import io.mediakeep.media.MediaRow.Kind;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * The parameters of a removal, as a job stores them.
 *
 * @param keepAvatars whether avatars are kept
 * @param dryRun whether nothing is removed, only counted
 */
public record RemovalParameters(MediaSelection selection, boolean keepAvatars, boolean dryRun) {
    /** The kinds of media by their names. */
    public static final Map<String, Kind> KINDS =
            Map.of("local", Kind.LOCAL, "remote", Kind.REMOTE, "preview", Kind.PREVIEW);

    private static final String DRY_RUN = "dry_run";

    /** The removal. */
    public RemovalPlan plan() {
        return selection.plan(keepAvatars, dryRun);
    }

    /** The parameters that {@link #toJson} wrote. */
    static RemovalParameters parse(JsonObject json) {
        return new RemovalParameters(
                new MediaSelection(
                        text(json, "media", Mxc::parse),
                        text(json, "origin", ServerName::new),
                        text(json, "uploader", UserId::new),
                        text(json, "hash", BlobId::new),
                        text(json, "kind", KINDS::get),
                        number(json, "accessed_before_ts").stream()
                                .mapToObj(Instant::ofEpochMilli)
                                .findFirst(),
                        number(json, "larger_than"),
                        json.containsKey("quarantined")
                                ? Optional.of(json.getBoolean("quarantined"))
                                : Optional.empty()),
                json.getBoolean("keep_profiles", false),
                isDryRun(json));
    }

    /** Whether a job only counts. */
    static boolean isDryRun(JsonObject json) {
        return json.getBoolean(DRY_RUN, false);
    }

    private static <T> Optional<T> text(JsonObject json, String name, Function<String, T> parse) {
        return json.containsKey(name) ? Optional.ofNullable(parse.apply(json.getString(name))) : Optional.empty();
    }

    private static OptionalLong number(JsonObject json, String name) {
        return json.containsKey(name)
                ? OptionalLong.of(json.getJsonNumber(name).longValueExact())
                : OptionalLong.empty();
    }

    /** The parameters of a retention. */
    public static JsonObject ofRetention(boolean dryRun) {
        return Json.createObjectBuilder().add(DRY_RUN, dryRun).build();
    }

    /** The parameters as JSON, without what is not set. */
    public JsonObject toJson() {
        JsonObjectBuilder json = Json.createObjectBuilder();
        selection.media().ifPresent(media -> json.add("media", media.toString()));
        selection.origin().ifPresent(origin -> json.add("origin", origin.value()));
        selection.uploader().ifPresent(user -> json.add("uploader", user.value()));
        selection.hash().ifPresent(hash -> json.add("hash", hash.sha256()));
        selection.kind().ifPresent(kind -> json.add("kind", kind.name().toLowerCase(Locale.ROOT)));
        selection.unusedSince().ifPresent(time -> json.add("accessed_before_ts", time.toEpochMilli()));
        selection.largerThan().ifPresent(size -> json.add("larger_than", size));
        selection.quarantined().ifPresent(only -> json.add("quarantined", only ? JsonValue.TRUE : JsonValue.FALSE));
        return json.add("keep_profiles", keepAvatars).add(DRY_RUN, dryRun).build();
    }
}
