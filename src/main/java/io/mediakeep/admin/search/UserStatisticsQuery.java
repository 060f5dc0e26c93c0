package io.mediakeep.admin.search;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which users are listed, and how they are sorted.
 *
 * @param searched a part of the local part of the user id or of the display name, in any case
 */
public record UserStatisticsQuery(Optional<String> searched, Order order, boolean descending) {

    /** What the users are sorted by; those without a display name come first. */
    public enum Order {
        USER_ID,
        DISPLAY_NAME,
        FILES,
        BYTES;

        private Comparator<UserStatistics> comparator() {
            return switch (this) {
                case USER_ID -> Comparator.comparing(UserStatistics::userId);
                case DISPLAY_NAME ->
                    Comparator.comparing(UserStatistics::displayName, Comparator.nullsFirst(Comparator.naturalOrder()));
                case FILES -> Comparator.comparing(UserStatistics::files);
                case BYTES -> Comparator.comparing(UserStatistics::bytes);
            };
        }
    }

    /** Those of the users that are searched, sorted; equal ones by user id. */
    public List<UserStatistics> apply(List<UserStatistics> users) {
        Comparator<UserStatistics> sorted = descending ? order.comparator().reversed() : order.comparator();
        return users.stream()
                .filter(this::matches)
                .sorted(sorted.thenComparing(UserStatistics::userId))
                .toList();
    }

    private boolean matches(UserStatistics user) {
        return searched.isEmpty()
                || contains(user.localpart(), searched.get())
                || (user.displayName() != null && contains(user.displayName(), searched.get()));
    }

    private static boolean contains(String text, String part) {
        return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }
}
