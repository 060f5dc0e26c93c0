package io.mediakeep.health;

import java.util.function.Supplier;

/**
 * A component of the server that can fail.
 *
 * @param name its key in the response
 * @param required whether the server is not ready while the component fails; without the others it still serves most
 * requests
 * @param state returns the current state without waiting
 */
public record HealthCheck(String name, boolean required, Supplier<HealthState> state) {}
