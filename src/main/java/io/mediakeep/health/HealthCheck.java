package io.mediakeep.health;

import java.util.function.Supplier;

/**
 * A part of the server that can fail.
 *
 * @param name its key in the response
 * @param required whether the server is not ready while the part fails; without the others it still serves most requests
 * @param state reads what is known of it, and waits for nothing
 */
public record HealthCheck(String name, boolean required, Supplier<HealthState> state) {}
