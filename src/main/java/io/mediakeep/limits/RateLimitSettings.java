package io.mediakeep.limits;

import java.util.Map;

/** The allowance of each limit; what is not in the map has the limit's own default. */
public record RateLimitSettings(Map<Limit, Allowance> allowances) {

    /** Keeps its own copy of the map. */
    public RateLimitSettings {
        allowances = Map.copyOf(allowances);
    }

    /** Requests per second (more than 0), and how many at once (at least 1). */
    public record Allowance(double perSecond, int burst) {

        /** Refuses an allowance that would never let anybody in with {@link IllegalArgumentException}. */
        public Allowance {
            if (!(perSecond > 0) || burst < 1) {
                throw new IllegalArgumentException("an allowance must let somebody in");
            }
        }
    }

    /** The allowance of a limit. */
    public Allowance of(Limit limit) {
        return allowances.getOrDefault(limit, new Allowance(limit.perSecond(), limit.burst()));
    }
}
