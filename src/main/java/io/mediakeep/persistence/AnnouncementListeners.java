package io.mediakeep.persistence;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listeners on this node. An exception of one affects neither the others nor the caller. */
final class AnnouncementListeners {
    private static final Logger log = LoggerFactory.getLogger(AnnouncementListeners.class);

    private final List<Listener> all = new CopyOnWriteArrayList<>();

    void add(Consumer<String> changed, Runnable missed) {
        all.add(new Listener(changed, missed, new AtomicBoolean()));
    }

    /** The row of that name has changed. */
    void notifyListeners(String name) {
        all.forEach(listener -> listener.guarded(() -> listener.changed.accept(name)));
    }

    /** Any row may have changed. */
    void notifyMissed() {
        all.forEach(listener -> listener.guarded(listener.missed));
    }

    private record Listener(Consumer<String> changed, Runnable missed, AtomicBoolean reported) {
        void guarded(Runnable call) {
            try {
                call.run();
            } catch (Throwable failure) {
                if (!reported.getAndSet(true)) {
                    log.error("An announcement could not be handled; this is logged once", failure);
                }
            }
        }
    }
}
