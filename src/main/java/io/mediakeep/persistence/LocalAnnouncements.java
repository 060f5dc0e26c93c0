package io.mediakeep.persistence;

import jakarta.persistence.EntityManager;
import java.util.function.Consumer;

/** Announcements where there is only this node. */
final class LocalAnnouncements implements Announcements {
    private final Listeners listeners = new Listeners();

    @Override
    public void announce(EntityManager entities, String name) {
        // nobody else shares the database
    }

    @Override
    public void tell(String name) {
        listeners.tell(name);
    }

    @Override
    public void tellMissed() {
        listeners.tellMissed();
    }

    @Override
    public void listen(Consumer<String> changed, Runnable perhapsMissed) {
        listeners.add(changed, perhapsMissed);
    }

    @Override
    public boolean connected() {
        return true;
    }

    @Override
    public void close() {
        // holds nothing
    }
}
