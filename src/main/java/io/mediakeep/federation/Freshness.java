package io.mediakeep.federation;

import io.mediakeep.outbound.OutboundAnswer;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** For how long a delegation is remembered: as its {@code Cache-Control} or {@code Expires} says, within limits. */
final class Freshness {
    static final Duration SHORTEST = Duration.ofHours(1);
    static final Duration LONGEST = Duration.ofDays(2);
    static final Duration DEFAULT = Duration.ofHours(24);

    private static final Pattern MAX_AGE = Pattern.compile("(?:^|[,\\s])max-age\\s*=\\s*\"?([0-9]{1,9})");
    private static final Pattern NOT_AT_ALL = Pattern.compile("(?:^|[,\\s])no-(?:store|cache)(?:$|[,\\s])");

    private Freshness() {}

    static Duration of(OutboundAnswer answer, Clock clock) {
        return of(answer.headers("Cache-Control"), answer.header("Expires"), clock.instant());
    }

    /** {@code Cache-Control} is heard before {@code Expires} (RFC 9111, section 5.3). */
    static Duration of(List<String> cacheControl, Optional<String> expires, Instant now) {
        String control = String.join(",", cacheControl).toLowerCase(Locale.ROOT);
        Matcher age = MAX_AGE.matcher(control);
        if (NOT_AT_ALL.matcher(control).find()) {
            return SHORTEST;
        }
        return age.find()
                ? within(Duration.ofSeconds(Long.parseLong(age.group(1))))
                : expires.map(date -> within(until(date, now))).orElse(DEFAULT);
    }

    /** What is no date lies in the past, as the RFC asks. */
    private static Duration until(String date, Instant now) {
        try {
            return Duration.between(now, Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)));
        } catch (DateTimeException noDate) {
            return Duration.ZERO;
        }
    }

    private static Duration within(Duration wish) {
        if (wish.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return wish.compareTo(LONGEST) < 0 ? wish : LONGEST;
    }
}
