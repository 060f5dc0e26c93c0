package io.mediakeep.metrics;

import io.mediakeep.concurrent.PoolState;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.function.DoubleConsumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The metrics of this process. Values are read when they are served, from counters that their owners increment in any
 * case; so registering a metric costs a request nothing. Names and labels follow Prometheus' conventions; every set of
 * label values is fixed.
 */
public final class Metrics {
    /** The {@code Content-Type} of {@link #text}. */
    public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private static final int TYPICAL_BYTES = 64 * 1024;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PoolMetrics pools = new PoolMetrics(registry);
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

    /** The metrics of the JVM. */
    public Metrics() {
        JvmMetrics.builder().register(registry);
    }

    /**
     * Registers a counter.
     *
     * @param name without {@code _total}
     * @param value never decreases, and does not wait
     */
    public void counter(String name, String help, LongSupplier value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .callback(metric -> metric.call((double) value.getAsLong()))
                .register(registry);
    }

    /**
     * Registers counters that differ in a label.
     *
     * @param values as for {@link #counter}, by value of the label
     */
    public void counters(String name, String help, String label, Map<String, LongSupplier> values) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(label)
                .callback(metric -> values.forEach((key, value) -> metric.call((double) value.getAsLong(), key)))
                .register(registry);
    }

    /**
     * Registers a gauge.
     *
     * @param value does not wait
     */
    public void gauge(String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(metric -> metric.call(value.getAsDouble()))
                .register(registry);
    }

    /**
     * Registers gauges that differ in a label.
     *
     * @param values as for {@link #gauge}, by value of the label
     */
    public void gauges(String name, String help, String label, Map<String, DoubleSupplier> values) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(label)
                .callback(metric -> values.forEach((key, value) -> metric.call(value.getAsDouble(), key)))
                .register(registry);
    }

    /**
     * Registers a histogram of durations.
     *
     * @param upperBounds of its buckets, in seconds
     * @return observes a duration in seconds
     */
    public DoubleConsumer seconds(String name, String help, double... upperBounds) {
        Histogram histogram = Histogram.builder()
                .name(name)
                .help(help)
                .unit(Unit.SECONDS)
                .classicOnly()
                .classicUpperBounds(upperBounds)
                .register(registry);
        return histogram::observe;
    }

    /**
     * Adds a pool to the metrics of pools.
     *
     * @param name the value of the label {@code pool}
     * @param state does not wait
     */
    public void pool(String name, Supplier<PoolState> state) {
        pools.add(name, state);
    }

    /** For metrics with a life of their own. */
    PrometheusRegistry registry() {
        return registry;
    }

    /** All metrics in Prometheus' text format. */
    public byte[] text() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream(TYPICAL_BYTES);
        writer.write(text, registry.scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
        return text.toByteArray();
    }
}
