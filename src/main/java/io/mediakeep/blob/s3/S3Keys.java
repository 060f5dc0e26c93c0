package io.mediakeep.blob.s3;

import io.mediakeep.blob.BlobLocation;

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

    /** The prefix of the keys of all blobs. */
    String blobs() {
        return prefix + "blobs/";
    }

    /** The key of the object with the identity of the store. */
    String identity() {
        return prefix + "mediakeep-store";
    }
}
