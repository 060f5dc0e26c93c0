package io.mediakeep.config;

import io.mediakeep.admin.removal.RetentionSettings;
import io.mediakeep.auth.AuthSettings;
import io.mediakeep.blob.BlobSettings;
import io.mediakeep.federation.RemoteSettings;
import io.mediakeep.federation.discovery.FederationSettings;
import io.mediakeep.integrity.IntegritySettings;
import io.mediakeep.limits.FetchSettings;
import io.mediakeep.limits.QuotaSettings;
import io.mediakeep.limits.RateLimitSettings;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.media.UploadSettings;
import io.mediakeep.media.download.DownloadSettings;
import io.mediakeep.metrics.MetricsSettings;
import io.mediakeep.migrate.ImportSettings;
import io.mediakeep.outbound.OutboundSettings;
import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.preview.PreviewSettings;
import io.mediakeep.storage.StorageSettings;
import io.mediakeep.thumbnail.ThumbnailSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The validated configuration.
 *
 * @param serverName the origin in local content URIs
 * @param dataDir the directory for the data of the embedded defaults
 * @param trustedProxies addresses and networks (CIDR) whose {@code X-Forwarded-For} is trusted
 * @param blobs where blobs are stored
 * @param alsoRead where blobs are read, too, while they are moved; of another kind
 * @param frozen whether new media is served by authenticated endpoints only
 */
public record Config(
        ServerName serverName,
        Path dataDir,
        ListenSettings listen,
        Shutdown shutdown,
        List<String> trustedProxies,
        DatabaseSettings database,
        BlobSettings blobs,
        Optional<BlobSettings> alsoRead,
        StorageSettings storage,
        AuthSettings auth,
        UploadSettings uploads,
        QuotaSettings quota,
        RateLimitSettings rateLimits,
        DownloadSettings downloads,
        PreviewSettings previews,
        OutboundSettings outbound,
        FederationSettings federation,
        RemoteSettings remote,
        FetchSettings fetches,
        RetentionSettings retention,
        AccessLogSettings accessLog,
        MetricsSettings metrics,
        boolean frozen,
        ThumbnailSettings thumbnails,
        IntegritySettings integrity,
        ImportSettings imports) {
    public static final ServerName DEFAULT_SERVER_NAME = new ServerName("localhost");
    public static final String DEFAULT_DATA_DIR = "data";
    public static final List<String> DEFAULT_TRUSTED_PROXIES = List.of("127.0.0.0/8", "::1");

    /** Copies the list. */
    public Config {
        trustedProxies = List.copyOf(trustedProxies);
    }

    /**
     * How the embedded server stops.
     *
     * @param drainDelay how long new connections are still accepted, while connections are closed after their response
     * @param grace how long running requests may take after that
     */
    public record Shutdown(Duration drainDelay, Duration grace) {
        public static final Shutdown DEFAULTS = new Shutdown(Duration.ZERO, Duration.ofSeconds(30));
    }
}
