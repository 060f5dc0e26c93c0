package io.mediakeep.persistence;

import jakarta.persistence.EntityManager;
import java.util.function.Consumer;

/**
 * Notifications between the nodes that share a database: the row of a given name has changed. An announcement is only a
 * hint, to be faster; whatever depends on it also polls.
 */
public interface Announcements extends AutoCloseable {

    /** Within a transaction: on commit all other nodes are notified of the name. */
    void announce(EntityManager entities, String name);

    /** Notifies the listeners of this node at once; to be called after the commit. */
    void notifyListeners(String name);

    /**
     * Waits until all connected nodes have handled what was announced before, for a few seconds at most.
     *
     * @return whether they have; a node that has not may serve what it has cached until that expires
     */
    boolean awaitHandled();

    /** Notifies the listeners of this node that any row may have changed, as after the database was unavailable. */
    void notifyMissed();

    /**
     * Adds a listener permanently. It must be fast. An exception is logged, and does not affect other listeners.
     *
     * @param changed receives each name
     * @param missed is run when announcements may have been lost, so that any row may have changed
     */
    void addListener(Consumer<String> changed, Runnable missed);

    /** Whether announcements of other nodes are received at present. */
    boolean connected();

    @Override
    void close();
}
