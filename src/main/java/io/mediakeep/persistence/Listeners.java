package io.mediakeep.persistence;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those who hear announcements on this node. What one of them throws reaches neither the others nor the caller. */
final class Listeners {
    private static final Logger log = LoggerFactory.getLogger(Listeners.class);

    private final List<Listener> all = new CopyOnWriteArrayList<>();

    void add(Consumer<String> changed, Runnable perhapsMissed) {
        all.add(new Listener(changed, perhapsMissed, new AtomicBoolean()));
    }

    /** The row of that name is not what it was. */
    void tell(String name) {
        all.forEach(listener -> listener.guarded(() -> listener.changed.accept(name)));
    }

    /** Any row may be not what it was. */
    void tellMissed() {
        all.forEach(listener -> listener.guarded(listener.perhapsMissed));
    }

    private record Listener(Consumer<String> changed, Runnable perhapsMissed, AtomicBoolean reported) {
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
