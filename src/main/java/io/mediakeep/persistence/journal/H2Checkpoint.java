package io.mediakeep.persistence.journal;

import org.h2.mvstore.MVStore;

/** Writes committed data of an H2 database, and forces its file to stable storage. Used by one thread at a time. */
public final class H2Checkpoint {
    private H2Checkpoint() {}

    /**
     * As {@code CHECKPOINT SYNC}, but no other thread writes while the file is forced: between its writes MVStore may
     * recover an older state from the file, as {@link JournaledFile#write} explains.
     *
     * @throws org.h2.mvstore.MVStoreException when that fails; the store is closed then
     */
    public static void run(MVStore store) {
        if (store.isPersistent()) {
            store.commit();
            store.executeFilestoreOperation(store::sync);
        }
    }
}
