package io.mediakeep.blob.s3;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.BlobNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.NonRetryableException;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Reads ranges of objects into memory, so that no connection waits for whoever uses the bytes. */
final class S3Reader {
    /** The length of the ranges in which an object is read. */
    static final int PIECE_BYTES = 1 << 20;

    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18})");

    private final S3Client client;
    private final S3Keys keys;

    S3Reader(S3Client client, S3Keys keys) {
        this.client = client;
        this.keys = keys;
    }

    /** Whether an object exists. A bucket that does not exist has no objects. */
    boolean exists(BlobLocation location) throws IOException {
        return S3Failures.translating(() -> {
            try {
                client.headObject(request -> request.bucket(keys.bucket()).key(keys.of(location)));
                return true;
            } catch (NoSuchKeyException absent) {
                return false;
            }
        });
    }

    /**
     * Reads a range of a blob, which ends with the blob at the latest.
     *
     * @param length at least 1
     * @throws BlobNotFoundException when there is no such object
     */
    Piece read(BlobLocation location, long offset, int length) throws IOException {
        return find(keys.of(location), offset, length, Optional.empty())
                .orElseThrow(() -> new BlobNotFoundException(location));
    }

    /**
     * Reads the beginning of an object; empty when there is no such object.
     *
     * @param timeout of the request with all its attempts
     */
    Optional<Piece> beginning(String key, int length, Duration timeout) throws IOException {
        return find(key, 0, length, Optional.of(timeout));
    }

    private Optional<Piece> find(String key, long offset, int length, Optional<Duration> timeout) throws IOException {
        GetObjectRequest.Builder request = GetObjectRequest.builder()
                .bucket(keys.bucket())
                .key(key)
                .range("bytes=" + offset + "-" + (offset + length - 1));
        timeout.ifPresent(limit -> request.overrideConfiguration(call -> call.apiCallTimeout(limit)));
        return S3Failures.translating(() -> {
            try {
                return Optional.of(client.getObject(request.build(), receiving(offset, length)));
            } catch (NoSuchKeyException absent) {
                return Optional.empty();
            } catch (S3Exception failure) {
                if (failure.statusCode() == RANGE_NOT_SATISFIABLE) {
                    return Optional.of(Piece.END);
                }
                throw failure;
            }
        });
    }

    /** Rejects other bytes than those requested. The SDK repeats the request when the response ends early. */
    private static ResponseTransformer<GetObjectResponse, Piece> receiving(long offset, int length) {
        return (response, body) -> {
            Matcher range = CONTENT_RANGE.matcher(String.valueOf(response.contentRange()));
            long size = range.matches() ? Long.parseLong(range.group(3)) : -1;
            if (size < offset || Long.parseLong(range.group(1)) != offset) {
                body.abort();
                throw NonRetryableException.create("it returned another range than requested");
            }
            return new Piece(exactly((int) Math.min(length, size - offset), body), size);
        };
    }

    private static byte[] exactly(int expected, InputStream body) {
        byte[] bytes = new byte[expected];
        try {
            if (body.readNBytes(bytes, 0, expected) == expected && body.read() < 0) {
                return bytes;
            }
        } catch (IOException interrupted) {
            throw RetryableException.create("the response was interrupted", interrupted);
        }
        throw RetryableException.create("it returned another length than announced");
    }

    /** Bytes of an object. */
    static final class Piece {
        static final Piece END = new Piece(new byte[0], 0);

        private final byte[] bytes;
        private final long size;

        /** @param size of the object, as far as it is known */
        Piece(byte[] bytes, long size) {
            this.bytes = bytes;
            this.size = size;
        }

        /** The bytes, not a copy. */
        byte[] bytes() {
            return bytes;
        }

        /** The size of the object, as far as it is known. */
        long size() {
            return size;
        }
    }
}
