package io.mediakeep.metrics;

import io.mediakeep.concurrent.PoolState;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** The metrics of all pools, by their name. */
final class PoolMetrics {
    private static final String POOL = "pool";

    private final Map<String, Supplier<PoolState>> pools = new ConcurrentSkipListMap<>();

    PoolMetrics(PrometheusRegistry registry) {
        gauge(registry, "mediakeep_pool_active_tasks", "Running tasks", PoolState::active);
        gauge(registry, "mediakeep_pool_max_tasks", "How many tasks may run at once", PoolState::max);
        gauge(registry, "mediakeep_pool_queued_tasks", "Tasks that wait", PoolState::queued);
        CounterWithCallback.builder()
                .name("mediakeep_pool_rejected_tasks")
                .help("Tasks that were rejected, since too many waited")
                .labelNames(POOL)
                .callback(metric -> pools.forEach(
                        (name, state) -> metric.call((double) state.get().rejected(), name)))
                .register(registry);
    }

    private void gauge(PrometheusRegistry registry, String name, String help, ToDoubleFunction<PoolState> value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(POOL)
                .callback(metric -> pools.forEach((pool, state) -> metric.call(value.applyAsDouble(state.get()), pool)))
                .register(registry);
    }

    void add(String name, Supplier<PoolState> state) {
        pools.put(name, state);
    }
}
