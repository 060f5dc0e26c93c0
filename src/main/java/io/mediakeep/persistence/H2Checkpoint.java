package io.mediakeep.persistence;

import org.h2.mvstore.MVStore;

/** Writes what is committed in an H2 database, and forces its file to stable storage. Used by one thread at a time. */
final class H2Checkpoint {
    private H2Checkpoint() {}

    /**
     * What {@code CHECKPOINT SYNC} does, but that the file is forced while no other thread writes to it: in between its
     * writes it is a file from which MVStore may recover an older state, as {@link JournaledFile#write} explains.
     *
     * @throws org.h2.mvstore.MVStoreException when that fails; the store is closed then
     */
    static void run(MVStore store) {
        if (store.isPersistent()) {
            store.commit();
            store.executeFilestoreOperation(store::sync);
        }
    }
}
