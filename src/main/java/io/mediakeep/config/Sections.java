package io.mediakeep.config;

import io.mediakeep.auth.AuthSettings;
import io.mediakeep.blob.BlobSettings;
import io.mediakeep.blob.S3Settings;
import io.mediakeep.federation.RemoteSettings;
import io.mediakeep.federation.discovery.FederationSettings;
import io.mediakeep.integrity.IntegritySettings;
import io.mediakeep.limits.FetchSettings;
import io.mediakeep.limits.Limit;
import io.mediakeep.limits.RateLimitSettings;
import io.mediakeep.limits.RateLimitSettings.Allowance;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.matrix.UserId;
import io.mediakeep.media.UploadSettings;
import io.mediakeep.media.download.DownloadSettings;
import io.mediakeep.metrics.MetricsSettings;
import io.mediakeep.outbound.OutboundSettings;
import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.preview.PreviewSettings;
import io.mediakeep.storage.StorageSettings;
import io.mediakeep.thumbnail.ThumbnailSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** Reads the settings of every feature, section by section. */
final class Sections {
    /** Limits of thumbnail settings, against values that are set by mistake. */
    private static final int MAX_STEP = 10_000, MAX_VARIANTS = 1_000, MAX_WORKERS = 256;

    private final Values values;
    private final Path workingDirectory;
    private final Path dataDir;

    /** @param workingDirectory absolute; the base of relative paths */
    Sections(Values values, Path workingDirectory) {
        this.values = values;
        this.workingDirectory = workingDirectory;
        this.dataDir = path("data-dir", workingDirectory.resolve(Config.DEFAULT_DATA_DIR));
    }

    Config config() {
        UploadSettings uploads = uploads();
        String kind = values.get("blobs.kind", "disk", Sections::storeKind);
        Optional<String> alsoRead = values.find("blobs.also-read", Sections::storeKind);
        Function<String, BlobSettings> stores = stores(kind, alsoRead);
        return new Config(
                values.get("server-name", Config.DEFAULT_SERVER_NAME, ServerName::new),
                dataDir,
                listen(),
                shutdown(),
                values.list("trusted-proxies", Config.DEFAULT_TRUSTED_PROXIES, Syntax::network),
                database(),
                stores.apply(kind),
                alsoRead.map(stores),
                storage(),
                auth(),
                uploads,
                new Quotas(values, uploads.maxSize()).read(),
                rateLimits(),
                downloads(),
                previews(),
                outbound(),
                federation(),
                remote(),
                fetches(),
                new Retentions(values).read(),
                accessLog(),
                new MetricsSettings(values.find("metrics.listen", MetricsSettings::address)),
                oneOf("unauthenticated-media", "open", "frozen").equals("frozen"),
                thumbnails(),
                integrity(),
                new ImportSources(values, this::absolute).read());
    }

    private Config.Shutdown shutdown() {
        Config.Shutdown defaults = Config.Shutdown.DEFAULTS;
        return new Config.Shutdown(
                values.get("shutdown.drain-delay", defaults.drainDelay(), Quantities::duration),
                values.get("shutdown.grace", defaults.grace(), Quantities::duration));
    }

    private ListenSettings listen() {
        ListenSettings defaults = ListenSettings.DEFAULTS;
        return new ListenSettings(
                values.get("listen.host", defaults.host(), Syntax::host),
                integer("listen.port", defaults.port(), 0, ListenSettings.MAX_PORT),
                integer("limits.connections", defaults.connections(), 1, Integer.MAX_VALUE),
                integer("limits.connections-per-address", defaults.connectionsPerAddress(), 1, Integer.MAX_VALUE));
    }

    private AccessLogSettings accessLog() {
        return new AccessLogSettings(
                values.get("access-log.format", AccessLogSettings.Format.OFF, AccessLogSettings.Format::of),
                path("access-log.file", dataDir.resolve(AccessLogSettings.DEFAULT_FILE)),
                values.get("access-log.max-size", AccessLogSettings.DEFAULT_MAX_SIZE, Quantities::size),
                integer("access-log.max-files", AccessLogSettings.DEFAULT_MAX_FILES, 1, AccessLogSettings.MAX_FILES));
    }

    private DatabaseSettings database() {
        Optional<String> url = values.find("database.url", DatabaseSettings::requireSupported);
        if (!values.isSet("database.url") && dataDir.toString().contains(";")) {
            values.problem("data-dir", "must not hold a ';', which ends the file name of an H2 database");
        }
        return new DatabaseSettings(
                url.orElse(DatabaseSettings.embeddedUrl(dataDir)),
                values.find("database.username", Function.identity()),
                values.find("database.password", Function.identity()),
                integer(
                        "database.max-connections",
                        DatabaseSettings.DEFAULT_MAX_CONNECTIONS,
                        DatabaseSettings.MIN_CONNECTIONS,
                        Integer.MAX_VALUE),
                values.get("database.start-timeout", DatabaseSettings.DEFAULT_START_TIMEOUT, Quantities::duration));
    }

    private StorageSettings storage() {
        return new StorageSettings(optional(values.find("storage.min-free", Quantities::size)));
    }

    /** The settings of the kinds that are used. */
    private Function<String, BlobSettings> stores(String kind, Optional<String> alsoRead) {
        Path root = path("blobs.disk.path", BlobSettings.Disk.in(dataDir).root());
        Optional<S3Settings> s3 = new S3Bucket(values)
                .read(
                        kind.equals("s3") || alsoRead.equals(Optional.of("s3")),
                        path("blobs.s3.cache.path", dataDir.resolve("blob-cache")));
        if (alsoRead.equals(Optional.of(kind))) {
            values.problem("blobs.also-read", "must be another kind than blobs.kind");
        }
        BlobSettings disk = new BlobSettings.Disk(root);
        return used -> switch (used) {
            case "database" -> new BlobSettings.Database();
            case "s3" -> s3.<BlobSettings>map(bucket -> bucket).orElse(disk); // a missing bucket is a problem
            default -> disk;
        };
    }

    private static String storeKind(String text) {
        return Syntax.oneOf(text, List.of("disk", "database", "s3"));
    }

    private AuthSettings auth() {
        return new AuthSettings(
                values.find("auth.homeserver-url", Syntax::webUrl),
                values.get("auth.cache-ttl", AuthSettings.DEFAULT_CACHE_TTL, Quantities::duration),
                new FixedTokens(values).read(),
                values.list("auth.admins", List.of(), UserId::new));
    }

    private UploadSettings uploads() {
        UploadSettings defaults = UploadSettings.DEFAULTS;
        return new UploadSettings(
                values.get("uploads.max-size", defaults.maxSize(), Quantities::size),
                values.list("uploads.allowed-types", defaults.allowedTypes(), Syntax::typeGlob),
                values.list("uploads.denied-types", defaults.deniedTypes(), Syntax::typeGlob),
                values.get("uploads.pending-ttl", defaults.pendingTtl(), Quantities::positiveDuration),
                integer("uploads.max-pending", defaults.maxPending(), 1, Integer.MAX_VALUE));
    }

    private RateLimitSettings rateLimits() {
        Map<Limit, Allowance> allowances = new EnumMap<>(Limit.class);
        for (Limit limit : Limit.values()) {
            String section = "rate-limits." + limit.key();
            double perSecond = values.get(section + ".per-second", limit.perSecond(), Syntax::rate);
            int burst = integer(section + ".burst", limit.burst(), 1, Integer.MAX_VALUE);
            allowances.put(limit, new Allowance(perSecond, burst));
        }
        return new RateLimitSettings(allowances);
    }

    private DownloadSettings downloads() {
        DownloadSettings defaults = DownloadSettings.DEFAULTS;
        Duration max = values.get("downloads.max-wait", defaults.maxWait(), Quantities::duration);
        Duration fallback = min(defaults.defaultWait(), max);
        Duration wait = values.get("downloads.default-wait", fallback, Quantities::duration);
        if (wait.compareTo(max) > 0) {
            values.problem("downloads.default-wait", "must not be longer than downloads.max-wait");
        }
        return new DownloadSettings(min(wait, max), max);
    }

    private OutboundSettings outbound() {
        OutboundSettings defaults = OutboundSettings.DEFAULTS;
        return new OutboundSettings(
                values.list("outbound.denied-networks", defaults.deniedNetworks(), Syntax::network),
                values.list("outbound.allowed-networks", defaults.allowedNetworks(), Syntax::network),
                values.find("outbound.trusted-certificates", this::absolute));
    }

    private FederationSettings federation() {
        return new FederationSettings(
                values.find("remote.signing-key-file", this::absolute),
                values.list("outbound.name-servers", List.of(), FederationSettings::checkNameServer));
    }

    private RemoteSettings remote() {
        RemoteSettings defaults = RemoteSettings.DEFAULTS;
        return new RemoteSettings(
                values.get("remote.enabled", defaults.enabled(), Syntax::flag),
                values.get("remote.max-size", defaults.maxSize(), Quantities::size),
                values.get("remote.timeout", defaults.timeout(), Quantities::positiveDuration),
                values.list("remote.allow", defaults.allow(), Syntax::serverGlob),
                values.list("remote.deny", defaults.deny(), Syntax::serverGlob));
    }

    private FetchSettings fetches() {
        FetchSettings defaults = FetchSettings.DEFAULTS;
        return new FetchSettings(
                values.get("remote.bytes-per-second", defaults.bytesPerSecond(), Quantities::size),
                values.get("remote.burst", defaults.burst(), Quantities::size));
    }

    private ThumbnailSettings thumbnails() {
        ThumbnailSettings defaults = ThumbnailSettings.DEFAULTS;
        List<Integer> steps =
                values.list("thumbnails.steps", defaults.steps(), text -> Syntax.integer(text, 1, MAX_STEP));
        if (steps.isEmpty()) {
            values.problem("thumbnails.steps", "must hold at least one step");
        }
        return new ThumbnailSettings(
                steps.isEmpty() ? defaults.steps() : steps,
                integer("thumbnails.max-variants", defaults.maxVariants(), 1, MAX_VARIANTS),
                values.get(
                        "thumbnails.max-source-pixels",
                        defaults.maxSourcePixels(),
                        text -> Syntax.number(text, 1, Long.MAX_VALUE)),
                values.get("thumbnails.max-source-size", defaults.maxSourceSize(), Quantities::size),
                integer("thumbnails.workers", defaults.workers(), 1, MAX_WORKERS));
    }

    private IntegritySettings integrity() {
        IntegritySettings defaults = IntegritySettings.DEFAULTS;
        return new IntegritySettings(
                values.get("storage.accept-other-store", defaults.acceptOtherStore(), Syntax::flag),
                values.get("storage.accept-older-database", defaults.acceptOlderDatabase(), Syntax::flag),
                values.get("storage.scrub-period", defaults.scrubPeriod(), Quantities::duration));
    }

    private PreviewSettings previews() {
        PreviewSettings defaults = PreviewSettings.DEFAULTS;
        return new PreviewSettings(
                values.get("previews.enabled", defaults.enabled(), Syntax::flag),
                values.get("previews.max-page-size", defaults.maxPageSize(), Sections::pageSize),
                values.get("previews.max-image-size", defaults.maxImageSize(), Quantities::size),
                values.get("previews.timeout", defaults.timeout(), Quantities::positiveDuration),
                values.get("previews.cache-ttl", defaults.cacheTtl(), Quantities::positiveDuration),
                requestHeaders(defaults.requestHeaders()),
                values.list("previews.url-rules", defaults.urlRules(), PreviewSettings::checkedRule),
                values.list("previews.oembed-providers", defaults.oEmbedProviders(), PreviewSettings::checkedProvider));
    }

    private PreviewSettings.RequestHeaders requestHeaders(PreviewSettings.RequestHeaders defaults) {
        return new PreviewSettings.RequestHeaders(
                values.get("previews.user-agent", defaults.userAgent(), Syntax::headerText),
                values.list("previews.user-agents", defaults.userAgents(), PreviewSettings::checkedUserAgent),
                values.get("previews.accept-language", defaults.acceptLanguage(), PreviewSettings::checkedLanguage));
    }

    private static long pageSize(String text) {
        return Syntax.between(Quantities.size(text), 1, PreviewSettings.MAX_PAGE_BYTES);
    }

    private Path path(String key, Path fallback) {
        return values.get(key, fallback, this::absolute);
    }

    private Path absolute(String path) {
        return workingDirectory.resolve(path).normalize();
    }

    private int integer(String key, int fallback, int min, int max) {
        return values.get(key, fallback, text -> Syntax.integer(text, min, max));
    }

    /** One of two words; the first is the default. */
    private String oneOf(String key, String first, String second) {
        return values.get(key, first, text -> Syntax.oneOf(text, first, second));
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static OptionalLong optional(Optional<Long> number) {
        return number.map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }
}
