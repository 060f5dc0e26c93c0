package io.mediakeep.persistence;

import jakarta.persistence.EntityManager;
import java.util.function.Consumer;

/** Announcements for a single node. */
final class LocalAnnouncements implements Announcements {
    private final AnnouncementListeners listeners = new AnnouncementListeners();

    @Override
    public void announce(EntityManager entities, String name) {
        // there are no other nodes
    }

    @Override
    public void notifyListeners(String name) {
        listeners.notifyListeners(name);
    }

    @Override
    public boolean awaitHandled() {
        return true;
    }

    @Override
    public void notifyMissed() {
        listeners.notifyMissed();
    }

    @Override
    public void addListener(Consumer<String> changed, Runnable missed) {
        listeners.add(changed, missed);
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
