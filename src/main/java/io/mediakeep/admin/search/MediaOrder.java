package io.mediakeep.admin.search;

/** What lists of media are sorted by; media with equal values is sorted by its content URI. */
public enum MediaOrder {
    CREATED("createdAt"),
    LAST_ACCESS("lastAccessAt"),
    SIZE("size");

    private final String field;

    MediaOrder(String field) {
        this.field = field;
    }

    /** The value that media is sorted by. */
    public long value(MediaRecord media) {
        return switch (this) {
            case CREATED -> media.createdAt();
            case LAST_ACCESS -> media.lastAccessAt();
            case SIZE -> media.size();
        };
    }

    String clause(boolean descending) {
        String direction = descending ? " desc" : "";
        return " order by m." + field + direction + ", m.origin" + direction + ", m.mediaId" + direction;
    }

    /** What comes after a position; the first comparison is one that an index can be used for. */
    String after(boolean descending) {
        String beyond = descending ? "<" : ">";
        return "m.%2$s %1$s= :value and (m.%2$s %1$s :value or m.origin %1$s :origin".formatted(beyond, field)
                + " or (m.origin = :origin and m.mediaId " + beyond + " :id))";
    }
}
