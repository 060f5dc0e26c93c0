package io.mediakeep.outbound;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.utils.DateUtils;
import org.jspecify.annotations.Nullable;

/** The freshness lifetime of a response (RFC 9111, section 4.2.1), if it has one. */
public final class CacheDirectives {
    private static final Pattern MAX_AGE = Pattern.compile("(?:^|[\\s,])max-age=\"?([0-9]{1,9})");
    private static final Pattern NO_STORE = Pattern.compile("(?:^|[\\s,])(?:no-store|no-cache)(?:$|[\\s,=])");

    private CacheDirectives() {}

    /** The lifetime in these headers, never negative: {@code Cache-Control}, else {@code Expires}. */
    public static Optional<Duration> maxAge(List<String> cacheControl, Optional<String> expires, Instant now) {
        String control = String.join(",", cacheControl).toLowerCase(Locale.ROOT);
        if (NO_STORE.matcher(control).find()) {
            return Optional.of(Duration.ZERO);
        }
        Matcher directive = MAX_AGE.matcher(control);
        return directive.find()
                ? Optional.of(Duration.ofSeconds(Long.parseLong(directive.group(1))))
                : expires.map(date -> until(date, now));
    }

    /** What is no date is one in the past (RFC 9111, section 5.3). */
    private static Duration until(String date, Instant now) {
        @Nullable Instant end = DateUtils.parseStandardDate(date);
        return end == null || end.isBefore(now) ? Duration.ZERO : Duration.between(now, end);
    }
}
