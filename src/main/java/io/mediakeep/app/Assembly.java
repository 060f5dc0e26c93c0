package io.mediakeep.app;

import io.mediakeep.api.admin.BlobStoreResource;
import io.mediakeep.api.admin.JobStart;
import io.mediakeep.app.log.AccessLog;
import io.mediakeep.auth.AccessTokens;
import io.mediakeep.auth.AdminToken;
import io.mediakeep.auth.AuthSettings;
import io.mediakeep.config.AccessLogSettings;
import io.mediakeep.config.Config;
import io.mediakeep.container.RequestListener;
import io.mediakeep.health.Health;
import io.mediakeep.integrity.BlobMove;
import io.mediakeep.integrity.StoreCheck;
import io.mediakeep.jobs.JobKind;
import io.mediakeep.jobs.JobLeaseCatalog;
import io.mediakeep.maintenance.MaintenanceJobs;
import io.mediakeep.maintenance.Schedule;
import io.mediakeep.preview.PreviewCatalog;
import io.mediakeep.preview.Previews;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates all objects of the server, area by area, each from those before it. Closing closes them in reverse order. */
final class Assembly implements AutoCloseable, ShutdownListener {
    private static final Logger log = LoggerFactory.getLogger(Assembly.class);

    private final Config config;
    private final SecureRandom random = new SecureRandom();
    private final Health health = new Health();
    private final Closer closer = new Closer();
    private final Closer waiting = new Closer();
    private final Optional<MetricsAssembly> metrics;
    private final MediakeepApplication application;

    private Assembly(Config config) throws IOException {
        this.config = config;
        this.metrics = config.metrics().listen().map(MetricsAssembly::new);
        try {
            DataDirectory.prepare(config);
            this.application = assemble();
        } catch (IOException | RuntimeException failure) {
            closer.close();
            throw failure;
        }
    }

    /**
     * Creates the server as configured.
     *
     * @throws IOException when a directory or file cannot be used
     */
    static Assembly of(Config config) throws IOException {
        return new Assembly(config);
    }

    private MediakeepApplication assemble() throws IOException {
        StorageAssembly storage = new StorageAssembly(config, closer);
        FederationAssembly federation = new FederationAssembly(config, closer, random, storage.clock);
        DoubleConsumer ages = metrics.map(MetricsAssembly::ages).orElse(age -> {});
        JobLeaseCatalog jobLeases = new JobLeaseCatalog(storage.transactions, storage.clock);
        ImportAssembly imports = new ImportAssembly(config, storage, jobLeases, closer);
        MediaAssembly media =
                new MediaAssembly(config, storage, federation.media(), imports.media(), random, ages, waiting, closer);
        ThumbnailAssembly thumbnails = new ThumbnailAssembly(config, storage, media, closer);
        Previews previews = closer.register(new Previews(
                config.previews(),
                federation.client(),
                new PreviewCatalog(storage.transactions),
                media.expiring,
                storage.clock));

        Schedule schedule = closer.register(new Schedule());
        AuthSettings auth = authSettings();
        AdministrationAssembly administration = new AdministrationAssembly(config, auth, storage, health, closer);
        StoreCheck check = storage.check(jobLeases);
        Optional<BlobMove> move = storage.move(jobLeases);
        List<JobKind> otherJobs = Stream.of(Stream.of(check), move.stream(), imports.jobs().stream())
                .<JobKind>flatMap(kinds -> kinds)
                .toList();
        RemovalAssembly removals = new RemovalAssembly(config, storage, jobLeases, otherJobs, closer);
        QuarantineAssembly quarantine =
                new QuarantineAssembly(config, storage, thumbnails.catalog, administration, media.readers);
        MaintenanceJobs jobs = new MaintenanceJobs(schedule);
        storage.maintain(jobs);
        media.maintain(jobs);
        thumbnails.maintain(jobs);
        jobs.previews(previews);
        administration.maintain(jobs);
        removals.maintain(jobs);
        imports.maintain(jobs, removals);
        storage.monitor(health, schedule);
        if (metrics.isPresent()) {
            metrics.get().measure(storage, media, thumbnails, previews, removals);
            metrics.get().measure(imports);
            metrics.get().measure(schedule);
            closer.register(metrics.get().serve());
        }

        JobStart start = removals.start(administration.audit);
        HttpAssembly http = new HttpAssembly(config, random, listeners());
        AccessTokens tokens = closer.register(new AccessTokens(auth, config.serverName()));
        return http.application(
                http.filters(tokens, federation.keys(), administration.audit),
                media.uploads,
                media.downloads,
                thumbnails.thumbnails,
                previews,
                resources(List.of(
                        administration.resources(removals),
                        quarantine.resources(removals),
                        imports.resources(start, administration.audit, media.readers),
                        Map.of(BlobStoreResource.class, new BlobStoreResource(start, check, move)))));
    }

    private static Map<Class<?>, Object> resources(List<Map<Class<?>, Object>> areas) {
        Map<Class<?>, Object> resources = new HashMap<>();
        areas.forEach(resources::putAll);
        return resources;
    }

    private List<RequestListener> listeners() throws IOException {
        List<RequestListener> listeners = new ArrayList<>();
        metrics.map(MetricsAssembly::requests).ifPresent(listeners::add);
        if (config.accessLog().format() != AccessLogSettings.Format.OFF) {
            AccessLog accessLog = closer.register(new AccessLog(config.accessLog()));
            metrics.ifPresent(served -> served.measure(accessLog));
            listeners.add(accessLog);
        }
        return listeners;
    }

    /** Without configured tokens and homeserver an administrator's token is generated. */
    private AuthSettings authSettings() throws IOException {
        AuthSettings configured = config.auth();
        if (!configured.tokens().isEmpty() || configured.homeserverUrl().isPresent()) {
            return configured;
        }
        Path file = config.dataDir().resolve("admin-token").toAbsolutePath();
        AuthSettings generated = new AuthSettings(
                configured.homeserverUrl(),
                configured.cacheTtl(),
                List.of(AdminToken.storedIn(file, config.serverName(), random)),
                configured.admins());
        log.info("Neither a homeserver nor tokens are configured: the administrator's access token is in {}", file);
        return generated;
    }

    /** The JAX-RS application to serve. */
    MediakeepApplication served() {
        return application;
    }

    /** Registers the metrics of the embedded server, if metrics are served. */
    void measure(EmbeddedServer server) {
        metrics.ifPresent(served -> served.measure(server));
    }

    /** The server name, the database and the blob store, in one line for the log. */
    String summary() {
        return "Mediakeep for " + config.serverName() + ", rows in "
                + config.database().label() + ", blobs in " + BlobStores.label(config.blobs());
    }

    @Override
    public void stopping() {
        health.stopping();
    }

    @Override
    public void endWaiting() {
        waiting.close();
    }

    @Override
    public void close() {
        endWaiting();
        closer.close();
    }
}
