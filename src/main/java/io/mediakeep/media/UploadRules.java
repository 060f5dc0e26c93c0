package io.mediakeep.media;

import io.mediakeep.limits.UploadQuota;
import io.mediakeep.matrix.MatrixException;

/** What may be uploaded, as far as it can be known before the body is read. */
public final class UploadRules {
    private final long maxSize;
    private final TypePolicy types;
    private final UploadQuota quota;
    private final UsageCatalog usage;

    /** The rules that an operator set. */
    public UploadRules(UploadSettings settings, UploadQuota quota, UsageCatalog usage) {
        this.maxSize = settings.maxSize();
        this.types = new TypePolicy(settings);
        this.quota = quota;
        this.usage = usage;
    }

    /** The largest upload in bytes. */
    long maxSize() {
        return maxSize;
    }

    /** Refuses with 403 a type or a user whose quota is reached, with 413 what says of itself that it is too large. */
    void check(Upload upload) {
        types.check(upload.contentType());
        long atLeast = upload.declaredSize().orElse(0);
        if (atLeast > maxSize) {
            throw MatrixException.tooLarge(maxSize);
        }
        Usage kept = usage.of(upload.uploader());
        quota.check(kept.bytes(), kept.files(), atLeast);
    }
}
