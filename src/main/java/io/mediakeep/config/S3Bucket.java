package io.mediakeep.config;

import io.mediakeep.blob.S3Settings;
import java.net.URI;
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
     */
    Optional<S3Settings> read(boolean required) {
        Optional<String> name = values.find("blobs.s3.bucket", S3Settings::checkedBucket);
        if (required && name.isEmpty() && !values.isSet("blobs.s3.bucket")) {
            values.problem("blobs.s3.bucket", "must be set when blobs.kind is s3");
        }
        S3Settings settings = new S3Settings(bucket(name.orElse("")), credentials(), objects(), requests());
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
