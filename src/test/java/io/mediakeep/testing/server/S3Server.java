package io.mediakeep.testing.server;

import io.mediakeep.blob.S3Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** S3Proxy over memory: one server for all tests of a JVM, started on first use. It verifies signatures. */
public final class S3Server {
    public static final String ACCESS_KEY = "test-access-key", SECRET_KEY = "test-secret-key";

    private static final AtomicInteger buckets = new AtomicInteger();

    private S3Server() {}

    /** The URL of the server. */
    public static URI url() {
        return URI.create("http://127.0.0.1:" + Running.SERVER.getPort());
    }

    /** A new, empty bucket. */
    public static S3Settings.Bucket freshBucket() {
        String name = "bucket-" + buckets.incrementAndGet();
        Running.CLIENT.createBucket(request -> request.bucket(name));
        return new S3Settings.Bucket(Optional.of(url()), S3Settings.DEFAULT_REGION, name, "", true);
    }

    /** The settings for a bucket. */
    public static S3Settings settings(S3Settings.Bucket bucket) {
        return new S3Settings(
                bucket,
                Optional.of(new S3Settings.Credentials(ACCESS_KEY, SECRET_KEY)),
                new S3Settings.Objects(Optional.empty(), Optional.empty(), Optional.empty()),
                new S3Settings.Requests(16, 3, Duration.ofSeconds(30)),
                S3Settings.Redirects.NONE,
                Optional.empty());
    }

    /** The configuration keys for a bucket. */
    public static Map<String, String> configuration(S3Settings.Bucket bucket) {
        return Map.of(
                "blobs.kind",
                "s3",
                "blobs.s3.endpoint",
                url().toString(),
                "blobs.s3.bucket",
                bucket.name(),
                "blobs.s3.access-key",
                ACCESS_KEY,
                "blobs.s3.secret-key",
                SECRET_KEY);
    }

    /** The configuration for a bucket, in YAML. */
    public static String yaml(S3Settings.Bucket bucket) {
        return "blobs: {kind: s3, s3: {endpoint: '" + url() + "', bucket: " + bucket.name() + ", access-key: "
                + ACCESS_KEY + ", secret-key: " + SECRET_KEY + "}}";
    }

    /** A client with the SDK's defaults. */
    public static S3Client client() {
        return Running.CLIENT;
    }

    /** The server and the client, started by class initialisation. */
    private static final class Running {
        static final S3Proxy SERVER = start();
        static final S3Client CLIENT = S3Client.builder()
                .endpointOverride(url())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
                .httpClientBuilder(Apache5HttpClient.builder())
                .build();

        private static S3Proxy start() {
            try {
                S3Proxy server = S3Proxy.builder()
                        .endpoint(URI.create("http://127.0.0.1:0"))
                        .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS_KEY, SECRET_KEY)
                        .blobStore(new TransientNio2BlobStore())
                        .build();
                server.start();
                return server;
            } catch (Exception failure) {
                throw new IllegalStateException("S3Proxy does not start", failure);
            }
        }
    }
}
