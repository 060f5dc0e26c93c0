package io.mediakeep.persistence.journal;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import org.h2.mvstore.MVStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An MVStore that has closed after a failure. MVStore 2.4.240 counts the users of its current version, and a
 * transaction whose rollback fails is subtracted twice; with a negative count {@code registerVersionUsage} waits in a
 * busy loop for a new version, which a closed store never gets.
 */
public final class ClosedMvStore {
    private static final Logger log = LoggerFactory.getLogger(ClosedMvStore.class);

    private ClosedMvStore() {}

    /** Sets a new version without users, so that threads in the busy loop continue, and fail. */
    public static void endBusyWaits(MVStore store) {
        try {
            Constructor<MVStore.TxCounter> counter = MVStore.TxCounter.class.getDeclaredConstructor(long.class);
            counter.setAccessible(true);
            Field current = MVStore.class.getDeclaredField("currentTxCounter");
            current.setAccessible(true);
            current.set(store, counter.newInstance(store.getCurrentVersion()));
        } catch (ReflectiveOperationException another) {
            log.error("This version of H2 is not supported: threads that use a closed database may never end", another);
        }
    }
}
