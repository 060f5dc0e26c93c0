package io.mediakeep.media.upload;

import io.mediakeep.limits.UploadQuota;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.media.UploadSettings;
import io.mediakeep.media.Usage;
import io.mediakeep.media.UsageCatalog;

/** What may be uploaded, as far as it can be known before the body is read. */
public final class UploadRules {
    private final long maxSize;
    private final ContentTypePolicy types;
    private final UploadQuota quota;
    private final UsageCatalog usage;

    /** The rules that an operator set. */
    public UploadRules(UploadSettings settings, UploadQuota quota, UsageCatalog usage) {
        this.maxSize = settings.maxSize();
        this.types = new ContentTypePolicy(settings);
        this.quota = quota;
        this.usage = usage;
    }

    /** The largest upload in bytes. */
    public long maxSize() {
        return maxSize;
    }

    /**
     * Refuses with 415 what is not the bytes of a file as they are, with 403 a type or a user whose quota is reached,
     * with 413 what says of itself that it is too large.
     */
    void check(Upload upload) {
        refuseUnlessPlain(upload);
        types.check(upload.contentType());
        long atLeast = upload.declaredSize().orElse(0);
        if (atLeast > maxSize) {
            throw MatrixException.tooLarge(maxSize);
        }
        Usage kept = usage.of(upload.uploader());
        quota.check(kept.bytes(), kept.files(), atLeast);
    }

    private static void refuseUnlessPlain(Upload upload) {
        if (!upload.contentEncoding().orElse("identity").strip().equalsIgnoreCase("identity")) {
            throw MatrixException.unsupportedMediaType("Send the content as it is, without Content-Encoding");
        }
        if (upload.contentType().essence().equals("multipart/form-data")) {
            throw MatrixException.unsupportedMediaType("Send the content as the body of the request, not as a form");
        }
    }
}
