package io.mediakeep.blob.s3;

import io.mediakeep.blob.S3Settings;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.LegacyMd5Plugin;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Creates S3 clients. */
final class S3Clients {
    /** Of a connection attempt, of a wait for the next bytes, and of a wait for a connection of the pool. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5),
            SOCKET_TIMEOUT = Duration.ofSeconds(20),
            POOL_TIMEOUT = Duration.ofSeconds(20);

    /** Shorter than the time after which servers close idle connections. */
    private static final Duration MAX_IDLE = Duration.ofSeconds(20);

    private S3Clients() {}

    /**
     * A client. Checksums in trailers and signed chunks, both defaults of the SDK, are not used: Swift rejects them, and
     * others store them as content. {@code DeleteObjects} has an MD5 instead, which older servers require. There is no
     * {@code Expect: 100-continue}, whose response would reveal early that an object exists already: the SDK adds it for
     * S3 itself, whatever the HTTP client is configured to do.
     */
    static S3Client open(S3Settings settings) {
        S3Settings.Bucket bucket = settings.bucket();
        S3ClientBuilder builder = S3Client.builder()
                .region(Region.of(bucket.region()))
                .forcePathStyle(bucket.pathStyle())
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .addPlugin(LegacyMd5Plugin.create())
                .serviceConfiguration(S3Configuration.builder()
                        .chunkedEncodingEnabled(false)
                        .expectContinueEnabled(false)
                        .build())
                .httpClientBuilder(connections(settings.requests()))
                .overrideConfiguration(
                        calls -> calls.apiCallTimeout(settings.requests().timeout())
                                .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                        .maxAttempts(settings.requests().maxAttempts())
                                        .build()));
        bucket.endpoint().ifPresent(builder::endpointOverride);
        credentials(settings).ifPresent(builder::credentialsProvider);
        return builder.build();
    }

    /** Signs URLs. Sends no request but those that look for credentials. */
    static S3Presigner presigner(S3Settings settings) {
        S3Settings.Bucket bucket = settings.bucket();
        S3Presigner.Builder builder = S3Presigner.builder()
                .region(Region.of(bucket.region()))
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(bucket.pathStyle())
                        .build());
        bucket.endpoint().ifPresent(builder::endpointOverride);
        credentials(settings).ifPresent(builder::credentialsProvider);
        return builder.build();
    }

    private static Optional<AwsCredentialsProvider> credentials(S3Settings settings) {
        return settings.credentials()
                .map(pair -> AwsBasicCredentials.create(pair.accessKey(), pair.secretKey()))
                .map(StaticCredentialsProvider::create);
    }

    private static Apache5HttpClient.Builder connections(S3Settings.Requests limits) {
        return Apache5HttpClient.builder()
                .maxConnections(limits.maxConnections())
                .connectionTimeout(CONNECT_TIMEOUT)
                .socketTimeout(SOCKET_TIMEOUT)
                .connectionAcquisitionTimeout(POOL_TIMEOUT)
                .connectionMaxIdleTime(MAX_IDLE)
                .expectContinueEnabled(false);
    }
}
