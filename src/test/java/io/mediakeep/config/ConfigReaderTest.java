package io.mediakeep.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.auth.AuthSettings.FixedToken;
import io.mediakeep.blob.BlobSettings;
import io.mediakeep.blob.S3Settings;
import io.mediakeep.federation.RemoteSettings;
import io.mediakeep.federation.discovery.FederationSettings;
import io.mediakeep.limits.FetchSettings;
import io.mediakeep.limits.Limit;
import io.mediakeep.limits.QuotaSettings.Rule;
import io.mediakeep.limits.QuotaSettings.Unit;
import io.mediakeep.limits.QuotaSettings.UsageLimit;
import io.mediakeep.limits.RateLimitSettings.Allowance;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.matrix.UserId;
import io.mediakeep.outbound.OutboundSettings;
import io.mediakeep.thumbnail.ThumbnailSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {
    @TempDir
    Path directory;

    @Test
    void requiresNoConfiguration() {
        Config config = read(Map.of());
        Path data = directory.resolve("data");

        assertThat(config.serverName()).isEqualTo(new ServerName("localhost"));
        assertThat(config.dataDir()).isEqualTo(data);
        assertThat(config.listen()).isEqualTo(new ListenSettings("127.0.0.1", 8008, 16_384, 1_024));
        assertThat(config.trustedProxies()).containsExactly("127.0.0.0/8", "::1");
        assertThat(config.database().url()).isEqualTo("jdbc:h2:file:" + data + "/mediakeep");
        assertThat(config.database().maxConnections()).isEqualTo(10);
        assertThat(config.blobs()).isEqualTo(new BlobSettings.Disk(data.resolve("blobs")));
        assertThat(config.auth().cacheTtl()).isEqualTo(Duration.ofSeconds(60));
        assertThat(config.auth().tokens()).isEmpty();
        assertThat(config.uploads().maxSize()).isEqualTo(104_857_600);
        assertThat(config.uploads().pendingTtl()).isEqualTo(Duration.ofHours(24));
        assertThat(config.uploads().maxPending()).isEqualTo(5);
        assertThat(config.quota().rules()).containsExactly(new Rule("*", OptionalLong.empty(), List.of()));
        assertThat(config.rateLimits().of(Limit.CREATE)).isEqualTo(new Allowance(10, 50));
        assertThat(config.downloads().defaultWait()).isEqualTo(Duration.ofSeconds(20));
        assertThat(config.downloads().maxWait()).isEqualTo(Duration.ofSeconds(60));
        assertThat(config.frozen()).isFalse();
        assertThat(config.thumbnails()).isEqualTo(ThumbnailSettings.DEFAULTS);
        assertThat(config.outbound()).isEqualTo(OutboundSettings.DEFAULTS);
    }

    @Test
    void readsTheFileInTheWorkingDirectory() throws IOException {
        file("mediakeep.yaml", """
                server-name: example.org:8448
                data-dir: /srv/media
                listen: {host: "::", port: 0}
                trusted-proxies: [10.0.0.0/8, "fe80::1"]
                database:
                  url: jdbc:postgresql://db/media
                  username: keeper
                  max-connections: 25
                blobs:
                  kind: database
                auth:
                  homeserver-url: https://matrix.example.org
                  cache-ttl: 0s
                  tokens:
                    - token: s3cret
                      user: "@alice:example.org"
                      admin: true
                uploads:
                  max-size: 2GiB
                  allowed-types: [image/*, video/mp4]
                  denied-types: [image/svg+xml]
                quota:
                  max-bytes: 10GB
                  max-files: 1000
                  rules:
                    - users: "@bot_*:example.org"
                      max-size: 1MiB
                      max-bytes: [100GiB, 10GiB/30d]
                      max-files: 1000/1h
                    - users: "@admin:example.org"
                rate-limits:
                  upload: {per-second: 0.5}
                downloads:
                  max-wait: 5s
                previews:
                  enabled: false
                  max-page-size: 1MiB
                  timeout: 5s
                  user-agents: ["*.example.org Bot/1.0 (like Bot)"]
                  url-rules: [allow *.example.org, deny *]
                  oembed-providers: ["video.example/* https://video.example/oembed"]
                unauthenticated-media: frozen
                thumbnails:
                  steps: [128, 64]
                  max-variants: 4
                  max-source-pixels: 1000000
                  max-source-size: 1MiB
                  workers: 3
                remote:
                  enabled: false
                  max-size: 2MiB
                  timeout: 30s
                  allow: ["*.example.org"]
                  deny: [bad.example.org]
                  signing-key-file: /etc/signing.key
                  bytes-per-second: 1KiB
                  burst: 3MiB
                outbound:
                  name-servers: [127.0.0.1:5353]
                  denied-networks: [198.51.100.0/24]
                  allowed-networks: [10.1.2.3, "fd00::/8"]
                  trusted-certificates: certificates/ours.pem
                """);

        Config config = read(Map.of());

        assertThat(config.serverName().value()).isEqualTo("example.org:8448");
        assertThat(config.listen()).isEqualTo(new ListenSettings("::", 0, 16_384, 1_024));
        assertThat(config.trustedProxies()).containsExactly("10.0.0.0/8", "fe80::1");
        assertThat(config.database().url()).isEqualTo("jdbc:postgresql://db/media");
        assertThat(config.database().username()).contains("keeper");
        assertThat(config.database().maxConnections()).isEqualTo(25);
        assertThat(config.blobs()).isEqualTo(new BlobSettings.Database());
        assertThat(config.auth().homeserverUrl()).contains(URI.create("https://matrix.example.org"));
        assertThat(config.auth().cacheTtl()).isZero();
        assertThat(config.auth().tokens())
                .containsExactly(new FixedToken("s3cret", new UserId("@alice:example.org"), true, false));
        assertThat(config.uploads().maxSize()).isEqualTo(2_147_483_648L);
        assertThat(config.uploads().allowedTypes()).containsExactly("image/*", "video/mp4");
        assertThat(config.uploads().deniedTypes()).containsExactly("image/svg+xml");
        assertThat(config.quota().rules())
                .containsExactly(
                        new Rule(
                                "@bot_*:example.org",
                                OptionalLong.of(1 << 20),
                                List.of(
                                        new UsageLimit(Unit.BYTES, 100L << 30, Optional.empty()),
                                        new UsageLimit(Unit.BYTES, 10L << 30, Optional.of(Duration.ofDays(30))),
                                        new UsageLimit(Unit.FILES, 1000, Optional.of(Duration.ofHours(1))))),
                        new Rule("@admin:example.org", OptionalLong.empty(), List.of()),
                        new Rule(
                                "*",
                                OptionalLong.empty(),
                                List.of(
                                        new UsageLimit(Unit.BYTES, 10_000_000_000L, Optional.empty()),
                                        new UsageLimit(Unit.FILES, 1000, Optional.empty()))));
        assertThat(config.rateLimits().of(Limit.UPLOAD)).isEqualTo(new Allowance(0.5, 100));
        assertThat(config.downloads().defaultWait()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.previews().enabled()).isFalse();
        assertThat(config.previews().maxPageSize()).isEqualTo(1_048_576);
        assertThat(config.previews().maxImageSize()).isEqualTo(10_485_760);
        assertThat(config.previews().timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.previews().requestHeaders().userAgents()).containsExactly("*.example.org Bot/1.0 (like Bot)");
        assertThat(config.previews().urlRules()).containsExactly("allow *.example.org", "deny *");
        assertThat(config.previews().oEmbedProviders()).containsExactly("video.example/* https://video.example/oembed");
        assertThat(config.frozen()).isTrue();
        assertThat(config.thumbnails()).isEqualTo(new ThumbnailSettings(List.of(64, 128), 4, 1_000_000, 1_048_576, 3));
        assertThat(config.remote())
                .isEqualTo(new RemoteSettings(
                        false, 2 << 20, Duration.ofSeconds(30), List.of("*.example.org"), List.of("bad.example.org")));
        assertThat(config.fetches()).isEqualTo(new FetchSettings(1024, 3 << 20));
        assertThat(config.federation())
                .isEqualTo(new FederationSettings(Optional.of(Path.of("/etc/signing.key")), List.of("127.0.0.1:5353")));
        assertThat(config.outbound())
                .isEqualTo(new OutboundSettings(
                        List.of("198.51.100.0/24"),
                        List.of("10.1.2.3", "fd00::/8"),
                        Optional.of(directory.resolve("certificates/ours.pem"))));
    }

    @Test
    void theFileOfTheCommandLinePrecedesTheNamedOneAndTheDefaultOne() throws IOException {
        file("mediakeep.yaml", "server-name: own");
        file("variable.yaml", "server-name: variable");
        file("property.yaml", "server-name: property");
        file("explicit.yaml", "server-name: explicit");
        Map<String, String> variable = Map.of("MEDIAKEEP_CONFIG", "variable.yaml");
        Optional<String> property = Optional.of("property.yaml");
        Optional<Path> explicit = Optional.of(Path.of("explicit.yaml"));

        assertThat(nameIn(Optional.empty(), Map.of(), Optional.empty())).isEqualTo("own");
        assertThat(nameIn(Optional.empty(), variable, Optional.empty())).isEqualTo("variable");
        assertThat(nameIn(Optional.empty(), variable, property)).isEqualTo("property");
        assertThat(nameIn(explicit, variable, property)).isEqualTo("explicit");
        assertThat(nameIn(Optional.empty(), Map.of("MEDIAKEEP_CONFIG", ""), Optional.of(" ")))
                .isEqualTo("own");
    }

    @Test
    void theEnvironmentPrecedesTheFile() throws IOException {
        file("mediakeep.yaml", """
                server-name: from.file
                trusted-proxies: [10.0.0.1, 10.0.0.2]
                listen: {port: 1}
                quota: {max-files: 5}
                """);

        Config config = read(Map.of(
                "MEDIAKEEP_SERVER_NAME", "from.environment",
                "MEDIAKEEP_TRUSTED_PROXIES", "10.1.0.0/16, ::1",
                "MEDIAKEEP_RATE_LIMITS_DOWNLOAD_PER_SECOND", "3",
                "MEDIAKEEP_BLOBS_DISK_PATH", "elsewhere",
                "MEDIAKEEP_QUOTA_MAX_FILES", "",
                "PATH", "/bin"));

        assertThat(config.serverName().value()).isEqualTo("from.environment");
        assertThat(config.trustedProxies()).containsExactly("10.1.0.0/16", "::1");
        assertThat(config.rateLimits().of(Limit.DOWNLOAD)).isEqualTo(new Allowance(3, 1000));
        assertThat(config.blobs()).isEqualTo(new BlobSettings.Disk(directory.resolve("elsewhere")));
        assertThat(config.listen().port()).isEqualTo(1);
        assertThat(config.quota().rules())
                .as("an empty variable takes the value of the file away")
                .containsExactly(new Rule("*", OptionalLong.empty(), List.of()));
    }

    @Test
    void theFileCanHaveTheUserAndTheEnvironmentTheToken() throws IOException {
        file("mediakeep.yaml", "auth: {tokens: [{user: '@a:x'}, {user: '@b:x', token: bbb, guest: true}]}");

        Config config = read(Map.of(
                "MEDIAKEEP_AUTH_TOKENS_0__TOKEN", "aaa",
                "MEDIAKEEP_AUTH_TOKENS_12__TOKEN", "ccc",
                "MEDIAKEEP_AUTH_TOKENS_12__USER", "@c:x",
                "MEDIAKEEP_AUTH_TOKENS_12__ADMIN", "true"));

        assertThat(config.auth().tokens())
                .containsExactly(
                        new FixedToken("aaa", new UserId("@a:x"), false, false),
                        new FixedToken("bbb", new UserId("@b:x"), false, true),
                        new FixedToken("ccc", new UserId("@c:x"), true, false));
    }

    @Test
    void theEnvironmentReplacesTheLimitsOfARule() throws IOException {
        file("mediakeep.yaml", "quota: {rules: [{users: '@a*:x', max-bytes: [1GiB, 1MiB/1d]}]}");

        Config config = read(Map.of("MEDIAKEEP_QUOTA_RULES_0__MAX_BYTES", "2,3/1m"));

        assertThat(config.quota().rules().get(0).limits())
                .containsExactly(
                        new UsageLimit(Unit.BYTES, 2, Optional.empty()),
                        new UsageLimit(Unit.BYTES, 3, Optional.of(Duration.ofMinutes(1))));
    }

    @Test
    void anEmptyListReplacesTheDefault() throws IOException {
        assertThat(read(Map.of("MEDIAKEEP_TRUSTED_PROXIES", "")).trustedProxies())
                .isEmpty();
        file("mediakeep.yaml", "trusted-proxies: []");
        assertThat(read(Map.of()).trustedProxies()).isEmpty();
    }

    @Test
    void emptySectionsAreAccepted() throws IOException {
        file("mediakeep.yaml", "database:\nauth:\n  tokens: []\nquota: {}\nserver-name:\n");
        assertThat(read(Map.of()).serverName()).isEqualTo(new ServerName("localhost"));
    }

    @Test
    void aPasswordIsNotInterpolated() throws IOException {
        file("mediakeep.yaml", "database: {password: '${HOME}$${x:y}\\,%dev', username: 0123}");
        Config config = read(Map.of());
        assertThat(config.database().password()).contains("${HOME}$${x:y}\\,%dev");
        assertThat(config.database().username()).contains("0123");
    }

    @Test
    void variablesOfAKubernetesServiceAreIgnored() {
        Config config = read(Map.of(
                "MEDIAKEEP_SERVICE_HOST", "10.0.0.1",
                "MEDIAKEEP_SERVICE_PORT_HTTP", "8008",
                "MEDIAKEEP_PORT", "tcp://10.0.0.1:8008",
                "MEDIAKEEP_PORT_8008_TCP_ADDR", "10.0.0.1"));
        assertThat(config.listen()).isEqualTo(ListenSettings.DEFAULTS);
        assertThatThrownBy(() -> read(Map.of("MEDIAKEEP_PORT", "8009"))).hasMessageContaining("MEDIAKEEP_PORT");
    }

    @Test
    void secretsAreNotPrinted() {
        Config config = read(Map.of(
                "MEDIAKEEP_DATABASE_URL", "jdbc:postgresql://keeper:hush1@db/media?password=hush2",
                "MEDIAKEEP_DATABASE_PASSWORD", "hush3",
                "MEDIAKEEP_AUTH_TOKENS_0__TOKEN", "hush4",
                "MEDIAKEEP_AUTH_TOKENS_0__USER", "@a:x"));
        assertThat(config.database().password()).contains("hush3");
        assertThat(config.toString()).contains("@a:x").doesNotContain("hush");
    }

    private String nameIn(Optional<Path> explicit, Map<String, String> environment, Optional<String> property) {
        return ConfigReader.read(explicit, environment, property, directory)
                .serverName()
                .value();
    }

    private Config read(Map<String, String> environment) {
        return ConfigReader.read(Optional.empty(), environment, Optional.empty(), directory);
    }

    private void file(String name, String yaml) throws IOException {
        Files.writeString(directory.resolve(name), yaml);
    }

    @Test
    void readsABucket() throws IOException {
        file("mediakeep.yaml", """
                blobs:
                  kind: s3
                  s3: {endpoint: 'http://s3.example.org:9000', bucket: media, prefix: first, access-key: a, secret-key: b}
                """);
        S3Settings s3 = (S3Settings) read(Map.of()).blobs();
        assertThat(s3.bucket().toString()).isEqualTo("http://s3.example.org:9000/media/first/");
        assertThat(s3.bucket().pathStyle()).isTrue();
        assertThat(s3.credentials()).contains(new S3Settings.Credentials("a", "b"));
        assertThat(s3.toString()).doesNotContain("=b");
    }

    @Test
    void readsTheRedirectsAndTheCacheOfABucket() throws IOException {
        file("mediakeep.yaml", """
                blobs:
                  kind: s3
                  s3:
                    bucket: media
                    redirect: true
                    redirect-ttl: 1m
                    public-url: https://cdn.example.org/media
                    cache: {path: cache, max-size: 1GiB}
                """);
        S3Settings s3 = (S3Settings) read(Map.of()).blobs();
        URI publicUrl = URI.create("https://cdn.example.org/media");
        assertThat(s3.redirects())
                .isEqualTo(new S3Settings.Redirects(true, false, Duration.ofMinutes(1), Optional.of(publicUrl)));
        assertThat(s3.cache()).contains(new S3Settings.Cache(directory.resolve("cache"), 1L << 30));
    }

    @Test
    void redirectsThatAreNotEnabledAreAProblem() throws IOException {
        file("mediakeep.yaml", """
                blobs:
                  s3: {redirect-federation: true, public-url: 'https://a', redirect-ttl: 8d, cache: {max-size: 1KiB}}
                """);
        assertThatThrownBy(() -> read(Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageMatching("(?s).*\n *blobs.s3.redirect-federation .*: needs blobs.s3.redirect: true"
                        + "\n *blobs.s3.public-url .*: needs blobs.s3.redirect: true"
                        + "\n *blobs.s3.redirect-ttl .*: must be between 10s and 7d; it is 8d"
                        + "\n *blobs.s3.cache.max-size .*: must be at least 1MiB; it is 1KiB");
    }

    @Test
    void anIncompleteBucketIsAProblem() throws IOException {
        file("mediakeep.yaml", "blobs: {kind: s3, s3: {access-key: a, encryption-key: k}}");
        assertThatThrownBy(() -> read(Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("blobs.s3.bucket")
                .hasMessageContaining("blobs.s3.secret-key")
                .hasMessageContaining("blobs.s3.encryption-key");
    }
}
