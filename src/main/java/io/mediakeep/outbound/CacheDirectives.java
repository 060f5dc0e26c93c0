package io.mediakeep.outbound;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    private static Duration until(String date, Instant now) {
        try {
            Instant end = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
            return end.isAfter(now) ? Duration.between(now, end) : Duration.ZERO;
        } catch (DateTimeException inThePast) { // RFC 9111, section 5.3
            return Duration.ZERO;
        }
    }
}
