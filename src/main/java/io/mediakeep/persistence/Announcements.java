package io.mediakeep.persistence;

import jakarta.persistence.EntityManager;
import java.util.function.Consumer;

/**
 * What the nodes that share a database tell each other: that the row of a given name is not what it was. An
 * announcement is a hint that speeds things up; who depends on it looks again by itself now and then.
 */
public interface Announcements extends AutoCloseable {

    /** Within a transaction: once it commits, every other node hears the name. */
    void announce(EntityManager entities, String name);

    /** Tells the listeners of this node at once; to be called after the commit. */
    void tell(String name);

    /** Tells the listeners of this node that any row may have changed, as when the database was lost for a while. */
    void tellMissed();

    /**
     * Adds a listener for the rest of our life. It must be quick. What it throws is logged, and harms nobody else.
     *
     * @param changed hears each name
     * @param perhapsMissed is run when announcements may have been lost, so that any row may have changed
     */
    void listen(Consumer<String> changed, Runnable perhapsMissed);

    /** Whether announcements of other nodes are heard at present. */
    boolean connected();

    @Override
    void close();
}
