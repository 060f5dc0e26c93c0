package io.mediakeep.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mediakeep.limits.QuotaSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The error messages for an invalid configuration. */
class ConfigProblemsTest {
    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void assertNamesTheFile() {
        file = directory.resolve("mediakeep.yaml");
    }

    @Test
    void eachProblemIsReportedOnALine() {
        List<String> problems =
                problems("""
                servername: example.org
                listen: {port: eighty}
                uploads: {max-size: 100 apples}
                paintings: {workers: 3}
                cache-ttl: 5s
                """, Map.of("MEDIAKEEP_LISTEN_PRT", "1", "MEDIAKEEP_DOWNLOADS_MAX_WAIT", "20"));

        assertThat(problems)
                .containsExactlyInAnyOrder(
                        "servername (" + file + "): unknown key; did you mean server-name?",
                        "cache-ttl (" + file + "): unknown key; did you mean auth.cache-ttl?",
                        "paintings.workers (" + file + "): unknown key",
                        "MEDIAKEEP_LISTEN_PRT (environment): unknown variable; did you mean MEDIAKEEP_LISTEN_PORT?",
                        "listen.port (" + file + "): must be a whole number; it is eighty",
                        "uploads.max-size (" + file
                                + "): must be a size, such as 1024, 64KiB, 50MiB or 2GiB; it is 100 apples",
                        "downloads.max-wait (MEDIAKEEP_DOWNLOADS_MAX_WAIT): "
                                + "must be a duration, such as 500ms, 20s, 5m, 24h or 7d; it is 20");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    SERVER_NAME                   | https://example.org | not a server name
                    LISTEN_HOST                   | [::1]               | must be a host name
                    LISTEN_PORT                   | 65536               | must be at most 65535
                    LISTEN_PORT                   | -1                  | must be at least 0
                    TRUSTED_PROXIES               | ::1,proxy.local     | must be an address or a network
                    TRUSTED_PROXIES               | 10.0.0.0/33         | must be an address or a network
                    TRUSTED_PROXIES               | 10.0.0.256          | must be an address or a network
                    TRUSTED_PROXIES               | 10.0.0              | must be an address or a network
                    TRUSTED_PROXIES               | fe80:::1            | must be an address or a network
                    TRUSTED_PROXIES               | ::1/129             | must be an address or a network
                    DATABASE_URL                  | jdbc:mysql://db/x   | must start with jdbc:h2: or jdbc:postgresql:
                    DATABASE_URL                  | jdbc:h2:tcp://db/x  | must not be the URL of an H2 server
                    DATABASE_URL                  | jdbc:h2:ssl://db/x  | must not be the URL of an H2 server
                    DATABASE_MAX_CONNECTIONS      | 1                   | must be at least 2
                    DATABASE_MAX_CONNECTIONS      | 99999999999         | must be at most 2147483647
                    DATA_DIR                      | a;b                 | must not hold a ';'
                    BLOBS_KIND                    | swift               | must be disk, database or s3
                    AUTH_HOMESERVER_URL           | matrix.example.org  | must be an http or https URL
                    AUTH_HOMESERVER_URL           | https://a:b@c       | must be an http or https URL
                    AUTH_HOMESERVER_URL           | http://a b          | must be an http or https URL
                    AUTH_CACHE_TTL                | 1w                  | must be a duration
                    AUTH_CACHE_TTL                | 999999999d          | is too long
                    AUTH_TOKENS_0__ADMIN          | yes                 | must be true or false
                    UPLOADS_MAX_SIZE              | 0                   | must be at least 1
                    UPLOADS_MAX_SIZE              | 1.5GiB              | must be a size
                    UPLOADS_MAX_SIZE              | 9999999999GiB       | is too large
                    UPLOADS_ALLOWED_TYPES         | image               | must be a content type
                    UPLOADS_PENDING_TTL           | 0s                  | must be more than 0
                    UPLOADS_MAX_PENDING           | 0                   | must be at least 1
                    QUOTA_MAX_FILES               | 0                   | must be at least 1
                    QUOTA_RULES_0__USERS          | alice:example.org   | must be a user id or a pattern
                    QUOTA_RULES_0__MAX_SIZE       | 101MiB              | must not be more than uploads.max-size
                    QUOTA_RULES_0__MAX_BYTES      | 1GiB,lots/30d       | must be a size
                    QUOTA_RULES_0__MAX_BYTES      | 1GiB/a month        | must be a duration
                    QUOTA_RULES_0__MAX_BYTES      | 1GiB/30d/2          | must be a duration
                    QUOTA_RULES_0__MAX_FILES      | 1/59s               | must have a period between 1m and 366d
                    QUOTA_RULES_0__MAX_FILES      | 1/367d              | must have a period between 1m and 366d
                    QUOTA_RULES_0__MAX_FILES      | 1,2,3,4,5,6,7,8,9   | must hold at most 8 values
                    QUOTA_RULES_0__MAX_FILES      | 0/1d                | must be at least 1
                    RATE_LIMITS_UPLOAD_PER_SECOND | 0                   | must be a number above 0
                    RATE_LIMITS_UPLOAD_PER_SECOND | NaN                 | must be a number above 0
                    RATE_LIMITS_CREATE_BURST      | 0                   | must be at least 1
                    DOWNLOADS_DEFAULT_WAIT        | 61s                 | must not be longer than downloads.max-wait
                    UNAUTHENTICATED_MEDIA         | closed              | must be open or frozen
                    THUMBNAILS_STEPS              | 96,0                | must be at least 1
                    THUMBNAILS_STEPS              | ''                  | must hold at least one step
                    THUMBNAILS_MAX_VARIANTS       | 0                   | must be at least 1
                    THUMBNAILS_MAX_SOURCE_PIXELS  | 50MP                | must be a whole number
                    THUMBNAILS_MAX_SOURCE_SIZE    | 0                   | must be at least 1
                    THUMBNAILS_WORKERS            | 257                 | must be at most 256
                    RATE_LIMITS_PREVIEW_BURST     | 0                   | must be at least 1
                    PREVIEWS_ENABLED              | perhaps             | must be true or false
                    PREVIEWS_MAX_PAGE_SIZE        | 17MiB               | must be at most 16777216
                    PREVIEWS_MAX_IMAGE_SIZE       | large               | must be a size
                    PREVIEWS_TIMEOUT              | 0s                  | must be more than 0
                    PREVIEWS_CACHE_TTL            | 0s                  | must be more than 0
                    PREVIEWS_USER_AGENT           | Büro                | must be printable ASCII
                    PREVIEWS_USER_AGENTS          | example.org         | must be a pattern for hosts and a user agent
                    PREVIEWS_ACCEPT_LANGUAGE      | German              | must be languages as browsers name them
                    PREVIEWS_URL_RULES            | example.org         | must be 'allow' or 'deny' and a pattern
                    PREVIEWS_URL_RULES            | deny ftp://x        | must be a pattern
                    PREVIEWS_OEMBED_PROVIDERS     | example.org         | must be a pattern and a URL
                    OUTBOUND_DENIED_NETWORKS      | example.org         | must be an address or a network
                    OUTBOUND_ALLOWED_NETWORKS     | 10.0.0.0/33         | must be an address or a network
                    RETENTION_REMOTE_AFTER        | 0s                  | must be more than 0
                    """)
    void rejectsAnInvalidValue(String variable, String value, String what) {
        String name = "MEDIAKEEP_" + variable;
        String key = new ConfigKeys().ofVariable(name).orElseThrow();

        assertThat(problems("", Map.of(name, value)))
                .anySatisfy(line -> assertThat(line).startsWith(key).contains(what));
    }

    @Test
    void rejectsQuotasOfNobodyAndTooManyOfThem() {
        String rules = "{users: '@a:x'},".repeat(QuotaSettings.MAX_RULES);
        assertThat(problems("quota: {rules: [" + rules + " {max-files: 1/1d}]}", Map.of()))
                .containsExactlyInAnyOrder(
                        "quota.rules[1000].users (not set): must be one of at most 1000 rules",
                        "quota.rules[1000].users (not set): must be set");
    }

    @Test
    void rejectsIncompleteAndDuplicateTokens() {
        List<String> problems = problems("""
                auth:
                  tokens:
                    - {token: hush, user: "@a:x"}
                    - {token: hush, user: "@b:x"}
                    - {user: bob, token: "with space"}
                    - {token: other}
                    - {token: third, user: "@c:x", admin: true, guest: true}
                """, Map.of());

        assertThat(problems)
                .containsExactly(
                        "auth.tokens[1].token (" + file + "): is the same as auth.tokens[0].token",
                        "auth.tokens[2].token (" + file + "): must be printable ASCII characters without spaces",
                        "auth.tokens[2].user (" + file + "): not a user id",
                        "auth.tokens[3].user (not set): must be set",
                        "auth.tokens[4].guest (" + file + "): a guest cannot be an administrator");
    }

    @Test
    void messagesContainNoSecrets() {
        List<String> problems = problems("""
                database: {url: "hush://u:hush@h/db", pasword: hush}
                auth:
                  homeserver-url: https://admin:hush@hush.example/?hush=hush
                  tokens: [{token: "hu sh", user: hush}, hush, {syt_hush_hush_hush: "@a:x"}]
                previews: {oembed-providers: ["example.org ftp://x/?key=hush", hush]}
                """, Map.of("MEDIAKEEP_DATABASE_PASWORD", "hush"));
        assertThat(problems).hasSizeGreaterThan(8).noneMatch(line -> line.contains("hush") || line.contains("hu sh"));
    }

    @Test
    void aTokenInPlaceOfAKeyIsNotShown() {
        assertThat(problems("auth: {tokens: {syt_hush: '@alice:example.org'}}", Map.of()))
                .containsExactly("auth.tokens (" + file + "): unknown key");
        assertThat(problems("auth: {tokens: [{token: a, user: '@a:x', gest: true}]}", Map.of()))
                .containsExactly("auth.tokens[0].gest (" + file + "): unknown key; did you mean auth.tokens[n].guest?");
    }

    @Test
    void distinguishesSectionsListsAndValues() {
        assertThat(problems("""
                        listen: 8008
                        server-name: [a.org, b.org]
                        auth: {tokens: [abc]}
                        database.username: me
                        trusted-proxies: {first: 10.0.0.1}
                        """, Map.of()))
                .contains(
                        "listen (" + file + "): is a section of other keys, and has no value of its own",
                        "server-name[0] (" + file + "): must be a single value, not a list",
                        "auth.tokens[0] (" + file + "): is a section of other keys, and has no value of its own",
                        "\"database.username\" (" + file + "): must be nested, database: {username: …}")
                .noneMatch(line -> line.startsWith("server-name[1]"))
                .anyMatch(line -> line.startsWith("trusted-proxies.first"));
    }

    @Test
    void lineBreaksInValuesAreEscaped() {
        assertThat(problems("server-name: \"a\\nb\\tc\"", Map.of()))
                .containsExactly("server-name (" + file + "): not a server name; it is a?b?c");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    'a: b: hush'                  | , line 1: invalid YAML: mapping values are not allowed here
                    'listen:|  port: 1| host: x'  | , line 3: invalid YAML: expected <block end>
                    'server-name: a|server-name: b' | , line 2: invalid YAML: found duplicate key server-name
                    'server-name: a|---|x: b'     | , line 2: invalid YAML: an unknown alias
                    'server-name: !!java.net.URL [x]' | , line 1: invalid YAML: an unknown alias (*) or tag (!)
                    'password: *hush'             | , line 1: invalid YAML: an unknown alias (*)
                    'password: !hush'             | , line 1: invalid YAML: an unknown alias (*)
                    'port: !!int hush'            | : invalid YAML; does a value need quotes?
                    'a: "hu\\qsh"'                | , line 1: invalid YAML: found unknown escape character
                    'hush'                        | : must hold keys and values
                    '[hush]'                      | : must hold keys and values
                    """)
    void reportsThePositionOfInvalidYaml(String yaml, String what) {
        assertThat(problems(yaml.replace('|', '\n'), Map.of()))
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith(file + what)
                .doesNotContain("hush");
    }

    @Test
    void reportsTheLineOfAControlCharacter() {
        assertThat(problems("a: 1\nb: \u0001", Map.of()))
                .containsExactly(file + ", line 2: invalid YAML: a control character");
    }

    @Test
    void aNamedFileMustBeReadable() throws IOException {
        Path latin = Files.write(directory.resolve("latin.yaml"), new byte[] {'a', ':', (byte) 0xe4});

        assertThat(problemsIn(directory.resolve("none.yaml"))).endsWith("none.yaml: does not exist");
        assertThat(problemsIn(directory)).endsWith(": cannot be read as a file");
        assertThat(problemsIn(latin)).endsWith("latin.yaml: is not UTF-8 text");
    }

    private String problemsIn(Path named) {
        return problems(Optional.of(named), Map.of());
    }

    private List<String> problems(String yaml, Map<String, String> environment) {
        try {
            Files.writeString(file, yaml);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return problems(Optional.empty(), environment)
                .lines()
                .skip(1)
                .map(String::strip)
                .toList();
    }

    private String problems(Optional<Path> named, Map<String, String> environment) {
        ConfigException exception = catchThrowableOfType(
                ConfigException.class, () -> ConfigReader.read(named, environment, Optional.empty(), directory));
        assertThat(exception).as("it is rejected").isNotNull();
        return String.valueOf(exception.getMessage());
    }
}
