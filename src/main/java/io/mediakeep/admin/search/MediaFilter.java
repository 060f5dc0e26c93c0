package io.mediakeep.admin.search;

import io.mediakeep.media.MediaRow.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Conditions on media, all of which hold for what is found; at first there is none. */
public final class MediaFilter {
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new HashMap<>();

    /** A column that is compared to a value. */
    public enum Field {
        ORIGIN("m.origin"),
        UPLOADER("m.uploader"),
        HASH("m.blobHash"),
        SIZE("m.size"),
        CREATED("m.createdAt"),
        LAST_ACCESS("m.lastAccessAt"),
        QUARANTINED("m.quarantined"),
        PROTECTED("m.safeFromQuarantine");

        private final String path;

        Field(String path) {
            this.path = path;
        }
    }

    /** Only media of this kind. */
    public void kind(Kind kind) {
        conditions.add(condition(kind));
    }

    /** The condition for media of a kind, in JPQL, about {@code m}. */
    static String condition(Kind kind) {
        return switch (kind) {
            case LOCAL -> "m.remote = false and m.expiresAt is null";
            case REMOTE -> "m.remote = true";
            case PREVIEW -> "m.remote = false and m.expiresAt is not null";
        };
    }

    /** Only media with this value. */
    public void equal(Field field, Object value) {
        add(field.path + " = ", value);
    }

    /** Only media with this value or a larger one. */
    public void atLeast(Field field, long value) {
        add(field.path + " >= ", value);
    }

    /** Only media with a smaller value. */
    public void below(Field field, long value) {
        add(field.path + " < ", value);
    }

    /** Only media whose content type matches a pattern with {@code *} and {@code ?}, in any case. */
    public void type(String glob) {
        String like = glob.toLowerCase(Locale.ROOT)
                .replaceAll("[!%_]", "!$0")
                .replace('*', '%')
                .replace('?', '_');
        add("lower(m.contentType) like ", like);
        conditions.add(conditions.remove(conditions.size() - 1) + " escape '!'");
    }

    private void add(String comparison, Object value) {
        String name = "filter" + values.size();
        values.put(name, value);
        conditions.add(comparison + ":" + name);
    }

    /** The conditions in JPQL, about {@code m}. */
    String condition() {
        return conditions.isEmpty() ? "1 = 1" : String.join(" and ", conditions);
    }

    /** The parameters of the conditions. */
    Map<String, Object> values() {
        return Map.copyOf(values);
    }
}
