package io.mediakeep.admin.search;

import org.jspecify.annotations.Nullable;

/**
 * How much a user uploaded.
 *
 * @param bytes the sum of the sizes
 */
public record UserStatistics(String userId, @Nullable String displayName, long files, long bytes) {

    /** The part of the user id between {@code @} and the server. */
    String localpart() {
        return userId.substring(1, userId.indexOf(':'));
    }
}
