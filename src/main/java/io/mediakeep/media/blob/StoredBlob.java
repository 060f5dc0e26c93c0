package io.mediakeep.media.blob;

import io.mediakeep.blob.BlobLocation;

/**
 * A blob as its row describes it.
 *
 * @param size in bytes
 * @param settled whether its bytes must exist: they are neither being put nor about to be removed
 * @param damaged whether it is known to be lost or damaged
 */
public record StoredBlob(BlobLocation location, long size, boolean settled, boolean damaged) {}
