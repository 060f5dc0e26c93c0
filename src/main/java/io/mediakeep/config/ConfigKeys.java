package io.mediakeep.config;

import io.mediakeep.limits.Limit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The table of keys and their environment variables. A variable is looked up here and never derived from its name,
 * since {@code _} stands for {@code .} and {@code -} alike. {@code [n]} is any index.
 */
final class ConfigKeys {
    static final String PREFIX = "MEDIAKEEP_";

    private static final List<String> KEYS = Stream.of(
                    Stream.of("server-name", "data-dir", "listen.host", "listen.port", "trusted-proxies"),
                    Stream.of("limits.connections", "limits.connections-per-address"),
                    Stream.of("shutdown.drain-delay", "shutdown.grace"),
                    Stream.of("access-log.format", "access-log.file", "access-log.max-size", "access-log.max-files"),
                    Stream.of("metrics.listen"),
                    Stream.of("database.url", "database.username", "database.password", "database.max-connections"),
                    Stream.of("database.start-timeout", "blobs.kind", "blobs.also-read", "blobs.disk.path"),
                    Stream.of("blobs.s3.endpoint", "blobs.s3.region", "blobs.s3.bucket", "blobs.s3.prefix"),
                    Stream.of("blobs.s3.access-key", "blobs.s3.secret-key", "blobs.s3.path-style"),
                    Stream.of("blobs.s3.storage-class", "blobs.s3.encryption", "blobs.s3.encryption-key"),
                    Stream.of("blobs.s3.max-connections", "blobs.s3.max-attempts", "blobs.s3.timeout"),
                    Stream.of("blobs.s3.redirect", "blobs.s3.redirect-ttl", "blobs.s3.redirect-federation"),
                    Stream.of("blobs.s3.public-url", "blobs.s3.cache.path", "blobs.s3.cache.max-size"),
                    Stream.of("storage.accept-other-store", "storage.accept-older-database"),
                    Stream.of("storage.scrub-period", "storage.min-free"),
                    Stream.of("auth.homeserver-url", "auth.cache-ttl", "auth.admins"),
                    Stream.of("auth.tokens[n].token", "auth.tokens[n].user"),
                    Stream.of("auth.tokens[n].admin", "auth.tokens[n].guest"),
                    Stream.of("uploads.max-size", "uploads.allowed-types", "uploads.denied-types"),
                    Stream.of("uploads.pending-ttl", "uploads.max-pending", "quota.max-bytes", "quota.max-files"),
                    Stream.of("quota.rules[n].users", "quota.rules[n].max-size"),
                    Stream.of("quota.rules[n].max-bytes", "quota.rules[n].max-files"),
                    Arrays.stream(Limit.values()).flatMap(ConfigKeys::of),
                    Stream.of("downloads.default-wait", "downloads.max-wait"),
                    Stream.of("previews.enabled", "previews.max-page-size", "previews.max-image-size"),
                    Stream.of("previews.timeout", "previews.cache-ttl", "previews.user-agent", "previews.user-agents"),
                    Stream.of("previews.accept-language", "previews.url-rules", "previews.oembed-providers"),
                    Stream.of("remote.enabled", "remote.max-size", "remote.timeout", "remote.allow", "remote.deny"),
                    Stream.of("remote.signing-key-file", "remote.bytes-per-second", "remote.burst"),
                    Stream.of("outbound.denied-networks", "outbound.allowed-networks"),
                    Stream.of("outbound.trusted-certificates", "outbound.name-servers"),
                    Stream.of("retention.local-after", "retention.remote-after", "retention.previews-after"),
                    Stream.of("retention.rules[n].type", "retention.rules[n].larger-than"),
                    Stream.of("retention.rules[n].uploader", "retention.rules[n].origin", "retention.rules[n].after"),
                    Stream.of("import.sources[n].kind", "import.sources[n].server-name"),
                    Stream.of("import.sources[n].database", "import.sources[n].media-store"),
                    Stream.of("import.sources[n].link", "import.sources[n].remote", "import.items-per-second"),
                    Stream.of("unauthenticated-media"),
                    Stream.of("thumbnails.steps", "thumbnails.max-variants", "thumbnails.max-source-pixels"),
                    Stream.of("thumbnails.max-source-size", "thumbnails.workers"))
            .flatMap(keys -> keys)
            .toList();
    private static final Set<String> LISTS = Set.of(
            "trusted-proxies",
            "auth.admins",
            "uploads.allowed-types",
            "uploads.denied-types",
            "quota.rules[n].max-bytes",
            "quota.rules[n].max-files",
            "previews.user-agents",
            "previews.url-rules",
            "previews.oembed-providers",
            "remote.allow",
            "remote.deny",
            "outbound.denied-networks",
            "outbound.allowed-networks",
            "outbound.name-servers",
            "thumbnails.steps");
    /**
     * Keys whose values are secret, or may be by mistake: credentials or API keys in a URL, a token in the place of its
     * user.
     */
    private static final Set<String> SECRETS = Set.of(
            "database.url",
            "database.password",
            "blobs.s3.endpoint",
            "blobs.s3.access-key",
            "blobs.s3.secret-key",
            "auth.homeserver-url",
            "import.sources[n].database",
            "auth.tokens[n].token",
            "auth.tokens[n].user",
            "previews.oembed-providers");

    private static final Pattern INDEX = Pattern.compile("\\[[0-9]+]");
    private static final Pattern INDEX_IN_VARIABLE = Pattern.compile("_(0|[1-9][0-9]{0,3})__");

    private final Map<String, String> keysByVariable = new LinkedHashMap<>();

    ConfigKeys() {
        KEYS.forEach(key -> keysByVariable.put(variable(key), key));
    }

    /** All keys in the order of the documentation. */
    List<String> all() {
        return KEYS;
    }

    /** Whether the key, or the list of which it is an entry, exists. */
    boolean contains(String key) {
        String general = general(key);
        return KEYS.contains(general) || (general.endsWith("[n]") && isList(withoutIndex(general)));
    }

    /** Whether there are keys below this one. */
    boolean isSection(String key) {
        String general = general(key);
        return KEYS.stream().anyMatch(known -> known.startsWith(general + ".") || known.startsWith(general + "[n]."));
    }

    /** Whether the key takes a list of values. */
    boolean isList(String key) {
        return LISTS.contains(key);
    }

    /** Whether the value must not be shown. */
    boolean isSecret(String key) {
        return SECRETS.contains(general(key));
    }

    /** The key of a variable. */
    Optional<String> ofVariable(String variable) {
        Matcher index = INDEX_IN_VARIABLE.matcher(variable);
        if (index.find()) {
            String key = keysByVariable.get(index.replaceFirst("_N__"));
            return Optional.ofNullable(key).map(found -> found.replace("[n]", "[" + index.group(1) + "]"));
        }
        return Optional.ofNullable(keysByVariable.get(variable)).filter(key -> !key.contains("[n]"));
    }

    /** The key that was probably meant, misspelled or without its section. */
    Optional<String> nearest(String key) {
        Stream<String> below = KEYS.stream().filter(known -> known.endsWith("." + key));
        return SpellingSuggestion.of(general(key), KEYS).or(below::findFirst);
    }

    /** The variable that was probably meant. */
    Optional<String> nearestVariable(String variable) {
        String general = INDEX_IN_VARIABLE.matcher(variable).replaceFirst("_N__");
        return SpellingSuggestion.of(general, keysByVariable.keySet()).map(found -> found.replace("_N__", "_0__"));
    }

    /** The variable of a key: {@code MEDIAKEEP_} and the key in capitals with {@code _} for everything else. */
    static String variable(String key) {
        return PREFIX + key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    private static Stream<String> of(Limit limit) {
        return Stream.of("per-second", "burst").map(name -> "rate-limits." + limit.key() + "." + name);
    }

    private static String general(String key) {
        return INDEX.matcher(key).replaceAll("[n]");
    }

    private static String withoutIndex(String key) {
        return key.substring(0, key.length() - "[n]".length());
    }
}
