package io.mediakeep.blob.s3;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/** Removes the parts of uploads that were never completed, as after a crash. They are not visible, but stored. */
final class AbandonedUploads {
    private static final Logger log = LoggerFactory.getLogger(AbandonedUploads.class);

    /** The age from which an upload is abandoned: longer than any takes, and than clocks differ. */
    static final Duration MIN_AGE = Duration.ofHours(24);

    private final S3Client client;
    private final S3Keys keys;
    private final InstantSource clock;

    AbandonedUploads(S3Client client, S3Keys keys, InstantSource clock) {
        this.client = client;
        this.keys = keys;
        this.clock = clock;
    }

    /** Removes them, and logs how many. */
    void remove() {
        Instant before = clock.instant().minus(MIN_AGE);
        long removed = client
                .listMultipartUploadsPaginator(
                        request -> request.bucket(keys.bucket()).prefix(keys.blobs()))
                .uploads()
                .stream()
                .filter(upload -> upload.initiated().isBefore(before))
                .peek(this::abort)
                .count();
        if (removed > 0) {
            log.info("Removed the parts of {} uploads to S3 that were never completed", removed);
        }
    }

    private void abort(MultipartUpload upload) {
        client.abortMultipartUpload(
                request -> request.bucket(keys.bucket()).key(upload.key()).uploadId(upload.uploadId()));
    }
}
