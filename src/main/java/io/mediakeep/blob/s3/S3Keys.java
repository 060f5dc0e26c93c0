package io.mediakeep.blob.s3;

import io.mediakeep.blob.BlobLocation;
import java.util.Optional;

/**
 * The keys of objects in a bucket.
 *
 * @param prefix of all keys
 */
record S3Keys(String bucket, String prefix) {

    /** The key of a blob. */
    String of(BlobLocation location) {
        return blobs() + location;
    }

    /** The location of the blob that has a key below {@link #blobs}; empty when that is the key of another object. */
    Optional<BlobLocation> locationOf(String key) {
        return Optional.of(key.substring(blobs().length()))
                .filter(BlobLocation::isValid)
                .map(BlobLocation::new);
    }

    /** The prefix of the keys of all blobs. */
    String blobs() {
        return prefix + "blobs/";
    }

    /** The key of the object with the identity of the store. */
    String identity() {
        return prefix + "mediakeep-store";
    }
}
