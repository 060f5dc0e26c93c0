package io.mediakeep.app;

import io.mediakeep.app.log.AccessLog;
import io.mediakeep.concurrent.CacheCounts;
import io.mediakeep.container.RequestListener;
import io.mediakeep.maintenance.JobState;
import io.mediakeep.maintenance.Schedule;
import io.mediakeep.metrics.Metrics;
import io.mediakeep.metrics.MetricsServer;
import io.mediakeep.metrics.MetricsSettings;
import io.mediakeep.metrics.RequestMetrics;
import io.mediakeep.preview.Previews;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.function.DoubleConsumer;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Metrics, which exist only if they are served. Each area registers its own in {@code measure}. */
final class MetricsAssembly {
    private static final Logger log = LoggerFactory.getLogger(MetricsAssembly.class);

    /** From a minute to a year. */
    private static final double[] AGES = {60, 600, 3600, 21_600, 86_400, 604_800, 2_592_000, 7_776_000, 31_536_000};

    private final MetricsSettings.Address address;
    private final Metrics metrics = new Metrics();

    /** Metrics that are going to be served at this address. */
    MetricsAssembly(MetricsSettings.Address address) {
        this.address = address;
    }

    /** Observes the ages of accessed media in seconds. */
    DoubleConsumer ages() {
        return metrics.seconds("mediakeep_accessed_media_age", "Age of stored media when it is accessed", AGES);
    }

    /** Observes requests. */
    RequestListener requests() {
        return new RequestMetrics(metrics);
    }

    /** Registers the metrics of all areas. */
    void measure(
            StorageAssembly storage,
            MediaAssembly media,
            ThumbnailAssembly thumbnails,
            Previews previews,
            RemovalAssembly removals) {
        metrics.gauges("mediakeep_build_info", "1, for the running version", "version", Map.of(version(), () -> 1));
        removals.measure(metrics);
        metrics.pool("previews", previews::pool);
        storage.measure(metrics);
        media.measure(metrics);
        thumbnails.measure(metrics);
        Map<String, CacheCounts> caches = new HashMap<>(Map.of(
                "remote_media", media.downloads.remoteCounts(),
                "thumbnails", thumbnails.thumbnails.counts(),
                "previews", previews.counts()));
        storage.cacheCounts().ifPresent(counts -> caches.put("blobs", counts));
        metrics.counters(
                "mediakeep_cache_hits", "Requests for what was stored", "cache", of(caches, CacheCounts::hits));
        metrics.counters(
                "mediakeep_cache_misses", "Requests for what was not stored", "cache", of(caches, CacheCounts::misses));
    }

    /** As the build has written it; "unknown" without a build by Maven. */
    private static String version() {
        Properties build = new Properties();
        try (InputStream in = MetricsAssembly.class.getResourceAsStream("build.properties")) {
            if (in != null) {
                build.load(in);
            }
        } catch (IOException unreadable) {
            log.warn("The version of this build could not be read", unreadable);
        }
        return build.getProperty("version", "unknown");
    }

    private static Map<String, LongSupplier> of(Map<String, CacheCounts> caches, Function<CacheCounts, Long> count) {
        return caches.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, cache -> () -> count.apply(cache.getValue())));
    }

    /** Registers the metrics of the periodic jobs, all of which have been added. */
    void measure(Schedule schedule) {
        metrics.gauges(
                "mediakeep_maintenance_failures",
                "Failures of a periodic job since its last success",
                "job",
                of(schedule, JobState::failures));
        metrics.gauges(
                "mediakeep_maintenance_success_age_seconds",
                "Time since the last success of a periodic job",
                "job",
                of(schedule, job -> seconds(job.sinceSuccess())));
    }

    private static Map<String, DoubleSupplier> of(Schedule schedule, ToDoubleFunction<JobState> value) {
        return schedule.states().stream()
                .map(JobState::name)
                .collect(
                        Collectors.toMap(Function.identity(), name -> () -> value.applyAsDouble(schedule.state(name))));
    }

    /** Registers the metrics of the import. */
    void measure(ImportAssembly imports) {
        imports.measure(metrics);
    }

    /** Registers the metrics of the threads of the embedded server. */
    void measure(EmbeddedServer server) {
        metrics.pool("http", server::threads);
    }

    /** Registers the metric of the access log. */
    void measure(AccessLog accessLog) {
        metrics.counter("mediakeep_access_log_dropped_lines", "Lines that the access log lost", accessLog::dropped);
    }

    private static double seconds(Duration duration) {
        return (double) duration.toMillis() / Duration.ofSeconds(1).toMillis();
    }

    /**
     * Begins to serve them.
     *
     * @throws IOException when the address cannot be listened on
     */
    AutoCloseable serve() throws IOException {
        MetricsServer server = new MetricsServer(address, metrics);
        log.info("Metrics are served on http://{}:{}/metrics", address.host(), server.port());
        return server;
    }
}
