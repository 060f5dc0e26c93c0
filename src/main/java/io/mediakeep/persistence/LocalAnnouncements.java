package io.mediakeep.persistence;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Announcements where there is only this node. */
final class LocalAnnouncements implements Announcements {
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    @Override
    public void announce(EntityManager entities, String name) {
        // nobody else shares the database
    }

    @Override
    public void tell(String name) {
        listeners.forEach(listener -> listener.accept(name));
    }

    @Override
    public void listen(Consumer<String> changed, Runnable perhapsMissed) {
        listeners.add(changed);
    }

    @Override
    public void close() {
        // holds nothing
    }
}
