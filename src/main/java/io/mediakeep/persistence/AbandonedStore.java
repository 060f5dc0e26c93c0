package io.mediakeep.persistence;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import org.h2.mvstore.MVStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An MVStore that has closed after a failure. MVStore 2.4.240 counts the users of its current version, and a transaction
 * whose rollback fails is taken off twice; with fewer than none, {@code registerVersionUsage} waits in a busy loop for a new
 * version, which a closed store never gets.
 */
final class AbandonedStore {
    private static final Logger log = LoggerFactory.getLogger(AbandonedStore.class);

    private AbandonedStore() {}

    /** Gives the store a new version without users, with which a thread in the busy loop goes on, and fails. */
    static void endBusyWaits(MVStore store) {
        try {
            Constructor<MVStore.TxCounter> counter = MVStore.TxCounter.class.getDeclaredConstructor(long.class);
            counter.setAccessible(true);
            Field current = MVStore.class.getDeclaredField("currentTxCounter");
            current.setAccessible(true);
            current.set(store, counter.newInstance(store.getCurrentVersion()));
        } catch (ReflectiveOperationException another) {
            log.error("This version of H2 is not known; threads may be lost to a closed database", another);
        }
    }
}
