package io.mediakeep.blob.s3;

import io.mediakeep.blob.S3Settings;
import io.mediakeep.blob.Spool;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Writes objects: small ones by one request, whose SHA-256 the store verifies if it can, others in parts. An object
 * appears when it is complete.
 */
final class S3Writer {
    private static final Logger log = LoggerFactory.getLogger(S3Writer.class);

    private static final int NOT_IMPLEMENTED = 501;

    /** {@code NoSuchUpload}, {@code ConditionalRequestConflict}, {@code PreconditionFailed}. */
    private static final Set<Integer> MAY_EXIST = Set.of(404, 409, 412, NOT_IMPLEMENTED);

    private final S3Client client;
    private final S3Keys keys;
    private final S3Settings.Objects properties;
    private final MultipartUpload parts;
    private volatile boolean conditional = true;

    S3Writer(S3Client client, S3Keys keys, S3Settings.Objects properties, MultipartUpload parts) {
        this.client = client;
        this.keys = keys;
        this.properties = properties;
        this.parts = parts;
    }

    /**
     * Writes the spooled bytes unless there is such an object, if the store supports that.
     *
     * @return false when there may be one already: from before, or by an attempt whose response was lost
     */
    boolean writeNew(Spool spool, String key) {
        try {
            write(spool, key, Optional.of("*").filter(any -> conditional));
            return true;
        } catch (S3Exception failure) {
            if (!MAY_EXIST.contains(failure.statusCode())) {
                throw failure;
            }
            if (failure.statusCode() == NOT_IMPLEMENTED && conditional) {
                conditional = false;
                log.info("The S3 store does not support If-None-Match, which is not used from now on");
            }
            return false;
        }
    }

    /** Writes the spooled bytes. */
    void write(Spool spool, String key) {
        write(spool, key, Optional.empty());
    }

    private void write(Spool spool, String key, Optional<String> condition) {
        if (spool.size() >= PartLayout.MIN_SIZE) {
            parts.write(spool, key, condition);
        } else {
            PutObjectRequest.Builder request = request(key);
            condition.ifPresent(request::ifNoneMatch);
            byte[] hash = HexFormat.of().parseHex(spool.id().sha256());
            request.checksumSHA256(Base64.getEncoder().encodeToString(hash));
            client.putObject(request.build(), RequestBody.fromFile(spool.file()));
        }
    }

    /** Writes a short text. */
    void write(String text, String key) {
        client.putObject(request(key).build(), RequestBody.fromString(text));
    }

    private PutObjectRequest.Builder request(String key) {
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .bucket(keys.bucket())
                .key(key)
                .contentType(S3Settings.Objects.CONTENT_TYPE)
                .contentDisposition(S3Settings.Objects.DISPOSITION);
        properties.storageClass().ifPresent(request::storageClass);
        properties.encryption().ifPresent(request::serverSideEncryption);
        properties.encryptionKey().ifPresent(request::ssekmsKeyId);
        return request;
    }
}
