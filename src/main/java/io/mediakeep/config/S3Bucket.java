package io.mediakeep.config;

import io.mediakeep.blob.S3Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads the settings of the S3 store. */
final class S3Bucket {
    private final Values values;

    S3Bucket(Values values) {
        this.values = values;
    }

    /**
     * The settings; empty when no bucket is set.
     *
     * @param required whether that is a problem
     * @param cacheRoot the directory of the cache
     */
    Optional<S3Settings> read(boolean required, Path cacheRoot) {
        Optional<String> name = values.find("blobs.s3.bucket", S3Settings::checkedBucket);
        if (required && name.isEmpty() && !values.isSet("blobs.s3.bucket")) {
            values.problem("blobs.s3.bucket", "must be set when blobs.kind is s3");
        }
        S3Settings settings = new S3Settings(
                bucket(name.orElse("")), credentials(), objects(), requests(), redirects(), cache(cacheRoot));
        return Optional.of(settings).filter(complete -> required && name.isPresent());
    }

    private S3Settings.Bucket bucket(String name) {
        Optional<URI> endpoint = values.find("blobs.s3.endpoint", Syntax::webUrl);
        return new S3Settings.Bucket(
                endpoint,
                values.get("blobs.s3.region", S3Settings.DEFAULT_REGION, Syntax::host),
                name,
                values.get("blobs.s3.prefix", "", S3Settings::checkedPrefix),
                values.get("blobs.s3.path-style", endpoint.isPresent(), Syntax::flag));
    }

    private Optional<S3Settings.Credentials> credentials() {
        Optional<String> access = values.find("blobs.s3.access-key", Syntax::token);
        Optional<String> secret = values.find("blobs.s3.secret-key", Syntax::token);
        if (access.isPresent() != secret.isPresent()) {
            values.problem(
                    access.isPresent() ? "blobs.s3.secret-key" : "blobs.s3.access-key",
                    "must be set when the other key is");
        }
        return access.flatMap(key -> secret.map(word -> new S3Settings.Credentials(key, word)));
    }

    private S3Settings.Objects objects() {
        Optional<String> encryption =
                values.find("blobs.s3.encryption", text -> Syntax.oneOf(text, List.of("AES256", "aws:kms")));
        Optional<String> key = values.find("blobs.s3.encryption-key", Function.identity());
        if (key.isPresent() && !encryption.equals(Optional.of("aws:kms"))) {
            values.problem("blobs.s3.encryption-key", "needs blobs.s3.encryption: aws:kms");
        }
        return new S3Settings.Objects(values.find("blobs.s3.storage-class", Syntax::token), encryption, key);
    }

    private S3Settings.Redirects redirects() {
        S3Settings.Redirects defaults = S3Settings.Redirects.NONE;
        boolean enabled = values.get("blobs.s3.redirect", defaults.enabled(), Syntax::flag);
        boolean federation = values.get("blobs.s3.redirect-federation", defaults.federation(), Syntax::flag);
        Optional<URI> publicUrl = values.find("blobs.s3.public-url", Syntax::webUrl);
        if (!enabled && federation) {
            values.problem("blobs.s3.redirect-federation", "needs blobs.s3.redirect: true");
        }
        if (!enabled && publicUrl.isPresent()) {
            values.problem("blobs.s3.public-url", "needs blobs.s3.redirect: true");
        }
        return new S3Settings.Redirects(
                enabled,
                federation,
                values.get("blobs.s3.redirect-ttl", defaults.lifetime(), S3Bucket::lifetime),
                publicUrl);
    }

    private Optional<S3Settings.Cache> cache(Path root) {
        return values.find("blobs.s3.cache.max-size", S3Bucket::cacheSize).map(max -> new S3Settings.Cache(root, max));
    }

    private static long cacheSize(String text) {
        long size = Quantities.size(text);
        if (size < S3Settings.Cache.MIN_BYTES) {
            throw new IllegalArgumentException("must be at least 1MiB");
        }
        return size;
    }

    private static Duration lifetime(String text) {
        Duration lifetime = Quantities.duration(text).truncatedTo(ChronoUnit.SECONDS);
        if (lifetime.compareTo(S3Settings.Redirects.MIN_LIFETIME) < 0
                || lifetime.compareTo(S3Settings.Redirects.MAX_LIFETIME) > 0) {
            throw new IllegalArgumentException("must be between 10s and 7d");
        }
        return lifetime;
    }

    private S3Settings.Requests requests() {
        S3Settings.Requests defaults = S3Settings.Requests.DEFAULTS;
        return new S3Settings.Requests(
                values.get(
                        "blobs.s3.max-connections",
                        defaults.maxConnections(),
                        text -> Syntax.integer(
                                text, S3Settings.Requests.MIN_CONNECTIONS, S3Settings.Requests.MAX_CONNECTIONS)),
                values.get(
                        "blobs.s3.max-attempts",
                        defaults.maxAttempts(),
                        text -> Syntax.integer(text, 1, S3Settings.Requests.MAX_ATTEMPTS)),
                values.get("blobs.s3.timeout", defaults.timeout(), Quantities::positiveDuration));
    }
}
