package io.mediakeep.blob.s3;

import io.mediakeep.blob.FileRange;
import io.mediakeep.blob.S3Settings;
import io.mediakeep.blob.Spool;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;

/** Writes an object in parts, a few at a time, which are read from the spooled file as they are sent. */
final class MultipartUpload {
    /** How many parts of an object are sent concurrently. */
    static final int PARALLEL_PARTS = 4;

    private static final int BUFFER_BYTES = 64 * 1024;

    private final S3Client client;
    private final S3Keys keys;
    private final S3Settings.Objects properties;
    private final Executor executor;

    /** @param executor sends parts */
    MultipartUpload(S3Client client, S3Keys keys, S3Settings.Objects properties, Executor executor) {
        this.client = client;
        this.keys = keys;
        this.properties = properties;
        this.executor = executor;
    }

    /**
     * Writes the spooled bytes. On failure the parts are removed; those that cannot be are removed later.
     *
     * @param condition the value of {@code If-None-Match}
     */
    void write(Spool spool, String key, Optional<String> condition) {
        String uploadId = client.createMultipartUpload(creation(key)).uploadId();
        try {
            CompletedPart[] parts = send(spool, key, uploadId);
            CompleteMultipartUploadRequest.Builder completion = CompleteMultipartUploadRequest.builder()
                    .bucket(keys.bucket())
                    .key(key)
                    .uploadId(uploadId)
                    .multipartUpload(upload -> upload.parts(parts));
            condition.ifPresent(completion::ifNoneMatch);
            client.completeMultipartUpload(completion.build());
        } catch (RuntimeException failure) {
            abort(key, uploadId, failure);
            throw failure;
        }
    }

    private CreateMultipartUploadRequest creation(String key) {
        CreateMultipartUploadRequest.Builder request = CreateMultipartUploadRequest.builder()
                .bucket(keys.bucket())
                .key(key)
                .contentType(S3Settings.Objects.CONTENT_TYPE)
                .contentDisposition(S3Settings.Objects.DISPOSITION);
        properties.storageClass().ifPresent(request::storageClass);
        properties.encryption().ifPresent(request::serverSideEncryption);
        properties.encryptionKey().ifPresent(request::ssekmsKeyId);
        return request.build();
    }

    /** Sends all parts. When it returns or fails, none is being sent any more. */
    private CompletedPart[] send(Spool spool, String key, String uploadId) {
        PartLayout layout = new PartLayout(spool.size());
        CompletedPart[] parts = new CompletedPart[layout.count()];
        AtomicInteger next = new AtomicInteger(1);
        Runnable sender = () -> {
            for (int number = next.getAndIncrement(); number <= parts.length; number = next.getAndIncrement()) {
                try {
                    parts[number - 1] = send(spool.file(), layout, number, key, uploadId);
                } catch (RuntimeException failure) {
                    next.set(parts.length + 1); // the other senders stop
                    throw failure;
                }
            }
        };
        CompletableFuture<?>[] senders = Stream.generate(() -> CompletableFuture.runAsync(sender, executor))
                .limit(Math.min(PARALLEL_PARTS, parts.length))
                .toArray(CompletableFuture<?>[]::new);
        await(CompletableFuture.allOf(senders));
        return parts;
    }

    private static void await(CompletableFuture<Void> senders) {
        try {
            senders.join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof SdkException cause ? cause : failure;
        }
    }

    private CompletedPart send(Path file, PartLayout layout, int number, String key, String uploadId) {
        long offset = layout.offset(number);
        long length = layout.length(number);
        String tag = client.uploadPart(
                        request -> request.bucket(keys.bucket())
                                .key(key)
                                .uploadId(uploadId)
                                .partNumber(number),
                        RequestBody.fromContentProvider(
                                () -> open(file, offset, length), length, S3Settings.Objects.CONTENT_TYPE))
                .eTag();
        return CompletedPart.builder().partNumber(number).eTag(tag).build();
    }

    private static InputStream open(Path file, long offset, long length) {
        try {
            return new BufferedInputStream(FileRange.open(file, offset, length), BUFFER_BYTES);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void abort(String key, String uploadId, RuntimeException failure) {
        try {
            client.abortMultipartUpload(
                    request -> request.bucket(keys.bucket()).key(key).uploadId(uploadId));
        } catch (SdkException second) {
            failure.addSuppressed(second);
        }
    }
}
