package io.mediakeep.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.mediakeep.migrate.SampleStore;
import io.mediakeep.migrate.source.SourceSettings;
import io.mediakeep.testing.Client;
import io.mediakeep.testing.Eventually;
import io.mediakeep.testing.LogCapture;
import io.mediakeep.testing.TestConfig;
import io.mediakeep.testing.TestImages;
import io.mediakeep.testing.server.RawConnection;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The metrics of a running server, and the monitoring that is made of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetricsOverHttpTest {
    private static final Pattern LISTENER = Pattern.compile("Metrics are served on (http://127\\.0\\.0\\.1:[0-9]+)/");
    private static final Pattern NAME = Pattern.compile("\\b(?:mediakeep|jvm|process)_[a-z_]+");

    private SampleStore source;
    private ServerInProcess server;
    private URI metrics;
    private Client scraper;
    private Client alice;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        source = SampleStore.onSqlite(SourceSettings.Kind.DENDRITE, Files.createDirectory(directory.resolve("store")));
        Files.delete(source.files().resolve("1/C/tVbiGDFdnBsTkhxD1d_bOWfIJthHch1AY0jLiyBsQ/file"));
        try (LogCapture log = new LogCapture()) {
            Map<String, String> settings =
                    new HashMap<>(Map.of("metrics.listen", "127.0.0.1:0", "access-log.format", "json"));
            settings.putAll(source.configuration(false));
            server = new ServerInProcess(directory, settings);
            Matcher listener = LISTENER.matcher(log.text());
            assertThat(listener.find()).isTrue();
            metrics = URI.create(listener.group(1));
            scraper = new Client(metrics, "");
        }
        alice = new Client(server.url(), TestConfig.ALICE);
        useEverything();
    }

    private void useEverything() throws Exception {
        byte[] image = TestImages.png(100, 100, 1);
        String mxc = alice.mxc(image);
        alice.mxc(image);
        alice.get(Client.download(mxc));
        alice.get(Client.thumbnail(mxc, "width=32&height=32"));
        alice.get(Client.thumbnail(mxc, "width=32&height=32"));
        alice.get(Client.thumbnail(alice.mxc(new byte[10]), "width=32&height=32"));
        alice.get(Client.download("mxc://127.0.0.1:1/abc"));
        alice.get("/_matrix/client/v1/media/preview_url?url=http://127.0.0.1/");
        alice.as("nobody").get(Client.download(mxc));
        for (int i = 0; i < 20; i++) {
            alice.get("/unknown/" + i);
        }
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private String text() throws Exception {
        return new String(scraper.get("/metrics").body(), StandardCharsets.UTF_8);
    }

    private double value(String sample) throws Exception {
        return text().lines()
                .filter(line -> line.startsWith(sample + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(sample.length() + 1)))
                .findFirst()
                .orElse(Double.NaN);
    }

    @Test
    void requestsAreCountedByEndpointAndStatusClass() throws Exception {
        Eventually.holds(() -> {
            assertThat(value("mediakeep_http_requests_total{endpoint=\"upload\",status=\"2xx\"}"))
                    .isEqualTo(3);
            assertThat(value("mediakeep_http_requests_total{endpoint=\"download\",status=\"2xx\"}"))
                    .isEqualTo(1);
            assertThat(value("mediakeep_http_requests_total{endpoint=\"download\",status=\"4xx\"}"))
                    .isEqualTo(2);
            assertThat(value("mediakeep_http_requests_total{endpoint=\"none\",status=\"4xx\"}"))
                    .isGreaterThanOrEqualTo(20);
            assertThat(value("mediakeep_http_request_duration_seconds_count{endpoint=\"upload\"}"))
                    .isEqualTo(3);
        });
        double size = TestImages.png(100, 100, 1).length;
        assertThat(value("mediakeep_http_received_bytes_total{endpoint=\"upload\"}"))
                .isEqualTo(2 * size + 10);
        assertThat(value("mediakeep_http_sent_bytes_total{endpoint=\"download\"}"))
                .isGreaterThan(size);
        assertThat(value("mediakeep_http_running_requests")).isZero();
    }

    @Test
    void whatIsStoredFoundAndRenderedIsCounted() throws Exception {
        assertThat(value("mediakeep_uploads_total")).isEqualTo(3);
        assertThat(value("mediakeep_deduplicated_blobs_total")).isGreaterThanOrEqualTo(1);
        assertThat(value("mediakeep_cache_hits_total{cache=\"thumbnails\"}")).isEqualTo(1);
        assertThat(value("mediakeep_cache_misses_total{cache=\"thumbnails\"}")).isEqualTo(2);
        assertThat(value("mediakeep_cache_misses_total{cache=\"remote_media\"}"))
                .isEqualTo(1);
        assertThat(value("mediakeep_thumbnails_rendered_total{format=\"png\"}")).isEqualTo(1);
        assertThat(value("mediakeep_thumbnails_stored_total{format=\"png\"}")).isEqualTo(1);
        assertThat(value("mediakeep_thumbnails_rejected_total{format=\"unknown\"}"))
                .isEqualTo(1);
        assertThat(value("mediakeep_orphans_removed_total{kind=\"blobs\"}")).isZero();
        assertThat(value("mediakeep_accessed_media_age_seconds_count")).isGreaterThanOrEqualTo(4);
        assertThat(value("mediakeep_remote_fetches_total{outcome=\"failed\"}")).isZero();
    }

    @Test
    void theStateOfEachPartIsAGauge() throws Exception {
        assertThat(value("mediakeep_database_available")).isEqualTo(1);
        assertThat(value("mediakeep_blob_store_available")).isEqualTo(1);
        assertThat(value("mediakeep_database_connections{state=\"used\"}")).isBetween(0.0, 10.0);
        assertThat(value("mediakeep_thumbnails_memory_used_bytes")).isZero();
        assertThat(value("mediakeep_thumbnails_memory_bytes")).isPositive();
        assertThat(value("mediakeep_maintenance_failures{job=\"check the blob store\"}"))
                .isZero();
        assertThat(value("mediakeep_maintenance_success_age_seconds{job=\"check the blob store\"}"))
                .isBetween(0.0, 120.0);
        assertThat(text()).contains("mediakeep_free_space_bytes{file_system=", "jvm_memory_used_bytes{area=\"heap\"}");
    }

    /** The dashboard, the alerts, and the page that lists all metrics. */
    @ParameterizedTest
    @ValueSource(strings = {"grafana-dashboard.json", "alerts.yml", "README.md"})
    void everyMetricThatMonitoringNamesExists(String file) throws Exception {
        Set<String> named = named(file);
        assertThat(named).hasSizeGreaterThan(5);
        Set<String> served = text().lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0])
                .flatMap(name -> List.of(name, name.replaceFirst("_(bucket|count|sum)$", "")).stream())
                .collect(Collectors.toSet());
        assertThat(served).containsAll(named);
    }

    @Test
    void everyMetricIsDocumented() throws Exception {
        Set<String> served = text().lines()
                .filter(line -> line.startsWith("mediakeep_"))
                .map(line -> line.split("[{ ]", 2)[0].replaceFirst("_seconds_(bucket|count|sum)$", "_seconds"))
                .collect(Collectors.toSet());
        assertThat(named("README.md")).containsAll(served);
    }

    private static Set<String> named(String file) throws IOException {
        return NAME.matcher(Files.readString(Path.of("docs/monitoring", file)))
                .results()
                .map(MatchResult::group)
                .filter(name -> !name.endsWith("_"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void jobsAreCountedByKind() throws Exception {
        alice.as(TestConfig.ADMIN).post("/_mediakeep/admin/v1/retention?dry_run=true");
        Eventually.holds(() -> assertThat(value("mediakeep_jobs_done_total{kind=\"retention\"}"))
                .isEqualTo(1));
        assertThat(value("mediakeep_jobs_failed_total{kind=\"remove-media\"}")).isZero();
        assertThat(text()).contains("mediakeep_build_info{version=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "fetches", "origin_thumbnails", "thumbnails", "previews", "removals"})
    void theStateOfEachPoolIsServed(String pool) throws Exception {
        String label = "{pool=\"" + pool + "\"}";
        double max = value("mediakeep_pool_max_tasks" + label);
        assertThat(max).isPositive();
        assertThat(value("mediakeep_pool_active_tasks" + label)).isBetween(0.0, max);
        Eventually.holds(
                () -> assertThat(value("mediakeep_pool_queued_tasks" + label)).isZero());
        assertThat(value("mediakeep_pool_rejected_tasks_total" + label)).isZero();
    }

    @Test
    void whatWasImportedAndWhatCouldNotBeIsCounted() throws Exception {
        alice.as(TestConfig.ADMIN).post("/_mediakeep/admin/v1/import");
        int items = source.items().size();
        Eventually.holds(() ->
                assertThat(value("mediakeep_job_items_total{kind=\"import\"}")).isGreaterThanOrEqualTo(items));
        assertThat(value("mediakeep_import_failures_total")).isPositive();
        assertThat(value("mediakeep_imported_media_total")).isBetween(1.0, items - 1.0);
        assertThat(value("mediakeep_imported_bytes_total")).isPositive();
        assertThat(value("mediakeep_import_remaining_rows")).isZero();
    }

    @Test
    void nothingElseIsServedThere() throws Exception {
        assertThat(scraper.get("/").statusCode()).isEqualTo(404);
        assertThat(scraper.get("/metrics/x").statusCode()).isEqualTo(404);
        assertThat(scraper.post("/metrics").statusCode()).isEqualTo(405);
        assertThat(alice.get("/metrics").statusCode()).isEqualTo(404);
    }

    @Test
    void clientsThatSendNoWholeRequestDoNotDisturbTheServer() throws Exception {
        List<RawConnection> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                slow.add(new RawConnection(metrics).send("GET /metr"));
            }
            assertThat(alice.get("/_matrix/media/v3/config").statusCode()).isEqualTo(200);
        } finally {
            for (RawConnection connection : slow) {
                connection.close();
            }
        }
        Eventually.holds(() -> assertThatCode(this::text).doesNotThrowAnyException());
    }
}
