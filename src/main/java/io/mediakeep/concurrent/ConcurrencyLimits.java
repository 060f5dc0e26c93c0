package io.mediakeep.concurrent;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Permits with a limit in total, and one for each party, such as a caller or a site. A permit counts for all parties it
 * is acquired for; for a party that is named twice it counts as two.
 */
public final class ConcurrencyLimits {
    private final int maxTotal;
    private final int maxOfParty;
    private final Map<String, Integer> acquired = new HashMap<>();
    private int total;

    /** With all permits available. */
    public ConcurrencyLimits(int maxTotal, int maxOfParty) {
        this.maxTotal = maxTotal;
        this.maxOfParty = maxOfParty;
    }

    /**
     * The parties of a request for a caller to a site. The caller counts twice, and so has at most half of the permits
     * of a site (rounded up): no caller can keep all others from a site.
     */
    public static List<String> parties(String caller, String site) {
        String key = "caller " + caller;
        return List.of(key, key, "site " + site);
    }

    /** The result of acquiring a permit. */
    public enum Outcome {
        /** A permit was acquired. */
        ACQUIRED,
        /** One of the parties has reached its limit. */
        PARTY_LIMIT,
        /** The limit in total is reached. */
        TOTAL_LIMIT
    }

    /** Acquires a permit if one is available, to be released with {@link #release} for the same parties. */
    public synchronized Outcome tryAcquire(Collection<String> parties) {
        if (parties.stream().anyMatch(party -> acquired.getOrDefault(party, 0) >= maxOfParty)) {
            return Outcome.PARTY_LIMIT;
        }
        if (total >= maxTotal) {
            return Outcome.TOTAL_LIMIT;
        }
        total++;
        parties.forEach(party -> acquired.merge(party, 1, Integer::sum));
        return Outcome.ACQUIRED;
    }

    /** The number of acquired permits. */
    public synchronized int acquired() {
        return total;
    }

    /** Releases a permit of these parties. */
    public synchronized void release(Collection<String> parties) {
        total--;
        parties.forEach(party -> acquired.computeIfPresent(party, (same, count) -> count == 1 ? null : count - 1));
    }
}
