package io.mediakeep.limits;

import java.util.Map;

/** The configured allowances; a limit that is not in the map has its own default. */
public record RateLimitSettings(Map<Limit, Allowance> allowances) {

    /** Copies the map. */
    public RateLimitSettings {
        allowances = Map.copyOf(allowances);
    }

    /** Requests per second (more than 0), and how many at once (at least 1). */
    public record Allowance(double perSecond, int burst) {

        /** Rejects an allowance that would permit nothing with {@link IllegalArgumentException}. */
        public Allowance {
            if (!(perSecond > 0) || burst < 1) {
                throw new IllegalArgumentException("an allowance must permit something");
            }
        }
    }

    /** The allowance of a limit. */
    public Allowance of(Limit limit) {
        return allowances.getOrDefault(limit, new Allowance(limit.perSecond(), limit.burst()));
    }
}
