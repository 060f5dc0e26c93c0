package io.mediakeep.concurrent;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Places that are taken for somebody: so many altogether, and so many for each party, such as a caller or a site. Who
 * takes a place names all the parties that it is for; for a party that is named twice it counts as two.
 */
public final class ConcurrencyLimits {
    private final int most;
    private final int mostForOne;
    private final Map<String, Integer> taken = new HashMap<>();
    private int all;

    /** All places are free. */
    public ConcurrencyLimits(int most, int mostForOne) {
        this.most = most;
        this.mostForOne = mostForOne;
    }

    /**
     * The parties of what is done for a caller with a site. The caller counts twice, and so has at most half of what a site
     * has (rounded up): no caller can keep all others from a site.
     */
    public static List<String> parties(String caller, String site) {
        String asking = "caller " + caller;
        return List.of(asking, asking, "site " + site);
    }

    /** Whether there is a place, or who has too many. */
    public enum Outcome {
        /** A place was taken. */
        TAKEN,
        /** One of the parties has its share. */
        SHARE_TAKEN,
        /** All places are taken. */
        ALL_TAKEN
    }

    /** Takes a place if there is one, to be given back with {@link #leave} for the same parties. */
    public synchronized Outcome enter(Collection<String> parties) {
        if (parties.stream().anyMatch(party -> taken.getOrDefault(party, 0) >= mostForOne)) {
            return Outcome.SHARE_TAKEN;
        }
        if (all >= most) {
            return Outcome.ALL_TAKEN;
        }
        all++;
        parties.forEach(party -> taken.merge(party, 1, Integer::sum));
        return Outcome.TAKEN;
    }

    /** Gives back a place that was taken for these parties. */
    public synchronized void leave(Collection<String> parties) {
        all--;
        parties.forEach(party -> taken.computeIfPresent(party, (same, count) -> count == 1 ? null : count - 1));
    }
}
