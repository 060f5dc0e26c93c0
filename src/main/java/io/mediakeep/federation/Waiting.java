package io.mediakeep.federation;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;

/** Bounds how many wait for something at the same time: altogether, and for the same key. */
final class Waiting<K> {
    private final Semaphore places;
    private final int mostForOne;
    private final ConcurrentMap<K, Integer> taken = new ConcurrentHashMap<>();

    Waiting(int most, int mostForOne) {
        this.places = new Semaphore(most);
        this.mostForOne = mostForOne;
    }

    /** Takes a place, to be given back with {@link #leave}; false when there is none. */
    boolean enter(K key) {
        if (!places.tryAcquire()) {
            return false;
        }
        if (taken.merge(key, 1, Integer::sum) > mostForOne) {
            leave(key);
            return false;
        }
        return true;
    }

    void leave(K key) {
        taken.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
        places.release();
    }
}
