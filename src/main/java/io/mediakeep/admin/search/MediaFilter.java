package io.mediakeep.admin.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Conditions on media, all of which hold for what is found; at first there is none. */
public final class MediaFilter {
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new HashMap<>();

    /** Where media comes from. */
    public enum Kind {
        LOCAL("m.remote = false and m.expiresAt is null"),
        REMOTE("m.remote = true"),

        /** Images of URL previews. */
        PREVIEW("m.remote = false and m.expiresAt is not null");

        private final String condition;

        Kind(String condition) {
            this.condition = condition;
        }

        /** In JPQL, about {@code m}. */
        String condition() {
            return condition;
        }
    }

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
        conditions.add(kind.condition());
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
