package io.mediakeep.metrics;

import io.mediakeep.container.CompletedRequest;
import io.mediakeep.container.RequestListener;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.IntStream;

/** Metrics of HTTP requests by endpoint: number by status class, duration, bytes in both directions. */
public final class RequestMetrics implements RequestListener {
    private static final double[] SECONDS = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60};
    private static final int STATUS_CLASSES = 5;
    private static final String LABEL = "endpoint";

    private final Counter requests;
    private final Counter received;
    private final Counter sent;
    private final Counter aborted;
    private final Histogram durations;
    private final Gauge running;

    /** The data points of an endpoint, looked up once. */
    private final ConcurrentMap<String, Endpoint> endpoints = new ConcurrentHashMap<>();

    /** Registers these metrics. */
    public RequestMetrics(Metrics metrics) {
        PrometheusRegistry registry = metrics.registry();
        this.requests = counter("mediakeep_http_requests", "Completed requests")
                .labelNames(LABEL, "status")
                .register(registry);
        this.received = counter("mediakeep_http_received_bytes", "Bytes of request bodies")
                .labelNames(LABEL)
                .register(registry);
        this.sent = counter("mediakeep_http_sent_bytes", "Bytes of response bodies")
                .labelNames(LABEL)
                .register(registry);
        this.aborted = counter("mediakeep_http_aborted_responses", "Responses that were not sent to their end")
                .labelNames(LABEL)
                .register(registry);
        this.durations = Histogram.builder()
                .name("mediakeep_http_request_duration")
                .help("From the head of the request to the end of the response")
                .unit(Unit.SECONDS)
                .classicOnly()
                .classicUpperBounds(SECONDS)
                .labelNames(LABEL)
                .register(registry);
        this.running = Gauge.builder()
                .name("mediakeep_http_running_requests")
                .help("Requests whose response has not ended")
                .register(registry);
    }

    private static Counter.Builder counter(String name, String help) {
        return Counter.builder().name(name).help(help).withoutExemplars();
    }

    /** The data points of an endpoint, by status class where there are several. */
    private record Endpoint(
            List<CounterDataPoint> requests,
            CounterDataPoint received,
            CounterDataPoint sent,
            CounterDataPoint aborted,
            DistributionDataPoint durations) {}

    private Endpoint endpoint(String name) {
        return new Endpoint(
                IntStream.rangeClosed(1, STATUS_CLASSES)
                        .mapToObj(status -> requests.labelValues(name, status + "xx"))
                        .toList(),
                received.labelValues(name),
                sent.labelValues(name),
                aborted.labelValues(name),
                durations.labelValues(name));
    }

    @Override
    public void begun() {
        running.inc();
    }

    @Override
    public void completed(CompletedRequest request) {
        running.dec();
        Endpoint endpoint = endpoints.computeIfAbsent(request.endpoint(), this::endpoint);
        endpoint.requests.get(request.status() / 100 - 1).inc();
        endpoint.received.inc(request.receivedBytes());
        endpoint.sent.inc(request.sentBytes());
        endpoint.durations.observe(Unit.nanosToSeconds(request.duration().toNanos()));
        if (!request.complete()) {
            endpoint.aborted.inc();
        }
    }
}
