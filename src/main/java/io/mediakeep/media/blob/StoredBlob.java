package io.mediakeep.media.blob;

import io.mediakeep.blob.BlobLocation;

/**
 * Bytes that a row stands for.
 *
 * @param size in bytes
 * @param settled whether they are neither being put nor about to be removed, so that they must be there
 * @param damaged whether they are known to be lost or damaged
 */
public record StoredBlob(BlobLocation location, long size, boolean settled, boolean damaged) {}
