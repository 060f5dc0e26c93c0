package io.mediakeep.limits;

import io.mediakeep.matrix.MatrixException;

/** How much one user may keep here, as a question. */
public final class UploadQuota {
    private final long maxBytes;
    private final long maxFiles;

    /** The quota that an operator set. */
    public UploadQuota(QuotaSettings settings) {
        this.maxBytes = settings.maxBytes().orElse(Long.MAX_VALUE);
        this.maxFiles = settings.maxFiles().orElse(Long.MAX_VALUE);
    }

    /**
     * Refuses one more file of {@code size} bytes to a user who keeps so many bytes in so many files.
     *
     * @throws MatrixException 403 {@code M_FORBIDDEN}
     */
    public void check(long keptBytes, long keptFiles, long size) {
        if (keptFiles >= maxFiles || size > maxBytes - keptBytes) {
            throw MatrixException.forbidden("Your quota for uploaded content is reached");
        }
    }
}
