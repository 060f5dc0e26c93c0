package io.mediakeep.media.upload;

import io.mediakeep.limits.UploadQuota;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.media.UploadSettings;
import io.mediakeep.media.Usage;
import io.mediakeep.media.UsageCatalog;

/** What may be uploaded, as far as it can be checked before the body is read. */
public final class UploadRules {
    private final long maxSize;
    private final ContentTypePolicy types;
    private final UploadQuota quota;
    private final UsageCatalog usage;

    /** The configured rules. */
    public UploadRules(UploadSettings settings, UploadQuota quota, UsageCatalog usage) {
        this.maxSize = settings.maxSize();
        this.types = new ContentTypePolicy(settings);
        this.quota = quota;
        this.usage = usage;
    }

    /** The maximum size of an upload in bytes. */
    public long maxSize() {
        return maxSize;
    }

    /**
     * Rejects encoded content and forms with 415, types and quotas with 403, and a declared size above the maximum with
     * 413.
     */
    void check(Upload upload) {
        rejectEncodings(upload);
        types.check(upload.contentType());
        long size = upload.declaredSize().orElse(0);
        if (size > maxSize) {
            throw MatrixException.tooLarge(maxSize);
        }
        Usage used = usage.of(upload.uploader());
        quota.check(used.bytes(), used.files(), size);
    }

    private static void rejectEncodings(Upload upload) {
        if (!upload.contentEncoding().orElse("identity").strip().equalsIgnoreCase("identity")) {
            throw MatrixException.unsupportedMediaType("Send the content as it is, without Content-Encoding");
        }
        if (upload.contentType().essence().equals("multipart/form-data")) {
            throw MatrixException.unsupportedMediaType("Send the content as the body of the request, not as a form");
        }
    }
}
