package io.mediakeep.health;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The health of the server, put together from that of its parts. */
public final class Health {
    private final List<HealthCheck> checks = new CopyOnWriteArrayList<>();
    private volatile boolean stopping;

    /**
     * The health at one instant.
     *
     * @param ready whether requests should be sent to this node
     * @param parts the state of each part by its name
     */
    public record Report(boolean ready, Map<String, HealthState> parts) {}

    /** Adds a part. */
    public void add(HealthCheck check) {
        checks.add(check);
    }

    /** From now on the server is not ready: it is going to stop. */
    public void stopping() {
        stopping = true;
    }

    /** The health now. */
    public Report report() {
        boolean ready = !stopping;
        Map<String, HealthState> parts = new LinkedHashMap<>();
        parts.put("server", new HealthState(ready, Duration.ZERO, stopping ? "It is stopping" : "It is running"));
        for (HealthCheck check : checks) {
            HealthState state = check.state().get();
            parts.put(check.name(), state);
            ready &= state.ok() || !check.required();
        }
        return new Report(ready, parts);
    }
}
