package io.mediakeep.blob;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Objects in a bucket of a store that implements the S3 API.
 *
 * @param credentials empty for those of the environment, a profile or an instance role
 * @param cache on a local disk, if there is one
 */
public record S3Settings(
        Bucket bucket,
        Optional<Credentials> credentials,
        Objects objects,
        Requests requests,
        Redirects redirects,
        Optional<Cache> cache)
        implements BlobSettings {
    public static final String DEFAULT_REGION = "us-east-1";

    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{2,62}");
    private static final Pattern PREFIX = Pattern.compile("(?:[A-Za-z0-9!_.*'()-]+/?){1,100}");
    private static final int MAX_PREFIX_LENGTH = 200;

    /**
     * A bucket, or a part of it.
     *
     * @param endpoint empty for that of AWS in the region
     * @param prefix of all keys; empty, or ending with a slash
     * @param pathStyle whether the bucket is in the path of URLs, not in their host
     */
    public record Bucket(Optional<URI> endpoint, String region, String name, String prefix, boolean pathStyle) {

        @Override
        public String toString() {
            return endpoint.map(URI::toString).orElse("s3://" + region) + "/" + name + "/" + prefix;
        }
    }

    /** An access key. */
    public record Credentials(String accessKey, String secretKey) {

        @Override
        public String toString() {
            return "Credentials[not shown]";
        }
    }

    /**
     * Properties of new objects.
     *
     * @param storageClass such as {@code STANDARD_IA}; empty for the bucket's default
     * @param encryption {@code AES256} or {@code aws:kms}; empty for the bucket's default
     * @param encryptionKey of {@code aws:kms}; empty for the default key
     */
    public record Objects(Optional<String> storageClass, Optional<String> encryption, Optional<String> encryptionKey) {
        /** What the store responds with at an object's own URL: a blob has no type, so browsers must not show it. */
        public static final String CONTENT_TYPE = "application/octet-stream", DISPOSITION = "attachment";
    }

    /**
     * Limits of requests.
     *
     * @param maxConnections the size of the connection pool
     * @param maxAttempts how often a request is sent at most
     * @param timeout of a request with all its attempts
     */
    public record Requests(int maxConnections, int maxAttempts, Duration timeout) {
        public static final Requests DEFAULTS = new Requests(64, 4, Duration.ofSeconds(60));
        public static final int MIN_CONNECTIONS = 8, MAX_CONNECTIONS = 1000, MAX_ATTEMPTS = 10;
    }

    /**
     * Redirects of clients to the store.
     *
     * @param enabled whether clients that allow it are redirected
     * @param federation whether other homeservers are, too
     * @param lifetime of the URLs, in whole seconds
     * @param publicUrl of the bucket where clients can read it without a signature, as behind a CDN
     */
    public record Redirects(boolean enabled, boolean federation, Duration lifetime, Optional<URI> publicUrl) {
        public static final Redirects NONE = new Redirects(false, false, Duration.ofMinutes(5), Optional.empty());

        /** Bounds of the lifetime. The maximum is that of signatures (Signature Version 4). */
        public static final Duration MIN_LIFETIME = Duration.ofSeconds(10), MAX_LIFETIME = Duration.ofDays(7);
    }

    /**
     * A cache of whole blobs in a directory.
     *
     * @param maxBytes the maximum size of its files together
     */
    public record Cache(Path root, long maxBytes) {
        public static final long MIN_BYTES = 1L << 20;
    }

    /**
     * The name of a bucket.
     *
     * @throws IllegalArgumentException when it is not valid
     */
    public static String checkedBucket(String name) {
        if (!BUCKET.matcher(name).matches()) {
            throw new IllegalArgumentException("must be the name of a bucket");
        }
        return name;
    }

    /**
     * A prefix, with a slash at its end.
     *
     * @throws IllegalArgumentException when it is not valid
     */
    public static String checkedPrefix(String prefix) {
        if (prefix.length() > MAX_PREFIX_LENGTH || !PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "must be the beginning of a key: letters, digits and !_.*'()- between single slashes, such as mediakeep/");
        }
        return prefix.endsWith("/") ? prefix : prefix + "/";
    }
}
