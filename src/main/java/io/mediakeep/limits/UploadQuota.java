package io.mediakeep.limits;

import io.mediakeep.matrix.MatrixException;

/** Checks the storage quota of a user. */
public final class UploadQuota {
    private final long maxBytes;
    private final long maxFiles;

    /** The configured quota. */
    public UploadQuota(QuotaSettings settings) {
        this.maxBytes = settings.maxBytes().orElse(Long.MAX_VALUE);
        this.maxFiles = settings.maxFiles().orElse(Long.MAX_VALUE);
    }

    /**
     * Rejects one more file of {@code size} bytes for a user with this usage.
     *
     * @throws MatrixException 403 {@code M_FORBIDDEN}
     */
    public void check(long usedBytes, long usedFiles, long size) {
        if (usedFiles >= maxFiles || size > maxBytes - usedBytes) {
            throw MatrixException.forbidden("The upload quota of this user is reached");
        }
    }
}
