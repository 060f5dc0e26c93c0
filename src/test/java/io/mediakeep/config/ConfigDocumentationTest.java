package io.mediakeep.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.auth.AuthSettings.FixedToken;
import io.mediakeep.limits.QuotaSettings.Rule;
import io.mediakeep.limits.QuotaSettings.Unit;
import io.mediakeep.limits.QuotaSettings.UsageLimit;
import io.mediakeep.matrix.UserId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** Checks that the sample and the documentation are complete, and their defaults correct. */
class ConfigDocumentationTest {
    private static final Path SAMPLE = Path.of("mediakeep.sample.yaml");
    private static final Path DOCUMENTATION = Path.of("docs", "configuration.md");
    private static final Pattern COMMENTED_KEY = Pattern.compile("(?m)^( *)#(?=[a-z])");

    /** A line of an example, which is indented more than other comments, or the section that it is in. */
    private static final Pattern EXAMPLE = Pattern.compile("(?m)^(?:  # (  .*)|([a-z-]+:))$");

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\| ([^|]+) \\| [^|]+ \\|$");
    private static final Pattern LITERAL = Pattern.compile("`([^`]*)`");

    @TempDir
    Path directory;

    @Test
    void theSampleHoldsTheDefaults() throws IOException {
        Config defaults = read("", Map.of());
        assertThat(read(Files.readString(SAMPLE), Map.of())).isEqualTo(defaults);
        assertThat(read(uncommented(), Map.of())).isEqualTo(defaults);
    }

    @Test
    void theSampleHoldsEveryKey() throws IOException {
        Stream<String> keys = Stream.concat(keysOf(uncommented()), keysOf(example()));
        assertThat(keys.filter(key -> !new ConfigKeys().isSection(key)))
                .containsExactlyInAnyOrderElementsOf(new ConfigKeys().all());
    }

    @Test
    void theExampleOfFixedTokensWorks() throws IOException {
        assertThat(read(example(), Map.of()).auth().tokens())
                .containsExactly(new FixedToken("a-long-secret", new UserId("@alice:example.org"), true, false));
    }

    @Test
    void theExampleOfQuotasWorks() throws IOException {
        assertThat(read(example(), Map.of()).quota().rules())
                .first()
                .isEqualTo(new Rule(
                        "@bridge_*:example.org",
                        OptionalLong.of(20L << 20),
                        List.of(
                                new UsageLimit(Unit.BYTES, 100L << 30, Optional.empty()),
                                new UsageLimit(Unit.BYTES, 10L << 30, Optional.of(Duration.ofDays(30))),
                                new UsageLimit(Unit.FILES, 1000, Optional.of(Duration.ofHours(1))))));
    }

    @Test
    void theDocumentationHoldsEveryKey() throws IOException {
        assertThat(tableOfKeys()).extracting(Row::key).containsExactlyElementsOf(new ConfigKeys().all());
    }

    @Test
    void theDocumentationHoldsTheDefaults() throws IOException {
        Config defaults = read("", Map.of());
        for (Row row : tableOfKeys()) {
            if (!row.key().contains("[n]")) {
                Map<String, String> environment = Map.of(ConfigKeys.variable(row.key()), literals(row.fallback()));
                assertThat(read("", environment)).as(row.key()).isEqualTo(defaults);
            }
        }
    }

    @Test
    void theDocumentedDefaultIsEmptyOnlyWithoutADefault() throws IOException {
        assertThat(tableOfKeys().stream().filter(row -> row.fallback().equals("–")))
                .extracting(Row::key)
                .containsExactly(
                        "metrics.listen",
                        "database.username",
                        "database.password",
                        "blobs.also-read",
                        "blobs.s3.endpoint",
                        "blobs.s3.bucket",
                        "blobs.s3.prefix",
                        "blobs.s3.access-key",
                        "blobs.s3.secret-key",
                        "blobs.s3.storage-class",
                        "blobs.s3.encryption",
                        "blobs.s3.encryption-key",
                        "blobs.s3.public-url",
                        "blobs.s3.cache.max-size",
                        "auth.homeserver-url",
                        "auth.admins",
                        "auth.tokens[n].user",
                        "uploads.allowed-types",
                        "uploads.denied-types",
                        "quota.max-bytes",
                        "quota.max-files",
                        "quota.rules[n].users",
                        "quota.rules[n].max-size",
                        "quota.rules[n].max-bytes",
                        "quota.rules[n].max-files",
                        "previews.user-agents",
                        "previews.url-rules",
                        "previews.oembed-providers",
                        "remote.allow",
                        "remote.deny",
                        "remote.signing-key-file",
                        "outbound.denied-networks",
                        "outbound.allowed-networks",
                        "outbound.trusted-certificates",
                        "outbound.name-servers",
                        "retention.local-after",
                        "retention.remote-after",
                        "retention.previews-after",
                        "retention.rules[n].type",
                        "retention.rules[n].larger-than",
                        "retention.rules[n].uploader",
                        "retention.rules[n].origin",
                        "import.items-per-second");
    }

    private record Row(String key, String fallback) {}

    private static List<Row> tableOfKeys() throws IOException {
        String page = Files.readString(DOCUMENTATION);
        return ROW.matcher(page.substring(page.indexOf("## All keys")))
                .results()
                .map(row -> new Row(row.group(1), row.group(2).strip()))
                .toList();
    }

    private String literals(String cell) {
        return LITERAL.matcher(cell)
                .results()
                .map(literal -> literal.group(1))
                .collect(Collectors.joining(","))
                .replace("DATA-DIR", directory.resolve("data").toString());
    }

    private static String uncommented() throws IOException {
        return COMMENTED_KEY.matcher(Files.readString(SAMPLE)).replaceAll("$1");
    }

    private static String example() throws IOException {
        return EXAMPLE.matcher(Files.readString(SAMPLE))
                .results()
                .map(line -> line.group(1) == null ? line.group(2) : line.group(1))
                .collect(Collectors.joining("\n"));
    }

    private static Stream<String> keysOf(String yaml) {
        List<String> keys = new ArrayList<>();
        collect("", new Yaml().load(yaml), keys);
        return keys.stream();
    }

    private static void collect(String key, Object value, List<String> keys) {
        if (value instanceof Map<?, ?> section) {
            section.forEach((name, below) -> collect(key.isEmpty() ? "" + name : key + "." + name, below, keys));
        } else if (value instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof Map) {
            collect(key + "[n]", list.get(0), keys);
        } else {
            keys.add(key);
        }
    }

    private Config read(String yaml, Map<String, String> environment) throws IOException {
        Path file = Files.writeString(directory.resolve("test.yaml"), yaml);
        return ConfigReader.read(Optional.of(file), environment, Optional.empty(), directory);
    }
}
