package io.mediakeep.limits;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Rules for the quotas of users. The first rule that matches a user decides; without one there is no limit. */
public record QuotaSettings(List<Rule> rules) {
    public static final QuotaSettings UNLIMITED = new QuotaSettings(List.of());

    /** Bounds the comparisons for each upload. */
    public static final int MAX_RULES = 1000;

    /** Bounds the statements for each upload. */
    public static final int MAX_LIMITS = 8;

    /** The range of periods. */
    public static final Duration MIN_PERIOD = Duration.ofMinutes(1), MAX_PERIOD = Duration.ofDays(366);

    /** Copies the list. */
    public QuotaSettings {
        rules = List.copyOf(rules);
    }

    /**
     * The quota of some users.
     *
     * @param users a glob on the user id
     * @param maxSize of one upload, in bytes
     * @param limits all of which apply; none is unlimited
     */
    public record Rule(String users, OptionalLong maxSize, List<UsageLimit> limits) {

        /** Copies the list. */
        public Rule {
            limits = List.copyOf(limits);
        }
    }

    /**
     * A limit on bytes or files.
     *
     * @param max at least 1
     * @param period limits what was uploaded in a period that ends now; absent for what is stored
     */
    public record UsageLimit(Unit unit, long max, Optional<Duration> period) {}

    /** What is counted. */
    public enum Unit {
        BYTES,
        FILES
    }
}
