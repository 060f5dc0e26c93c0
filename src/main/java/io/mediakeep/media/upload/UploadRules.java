package io.mediakeep.media.upload;

import io.mediakeep.limits.UploadQuotas;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.UserId;
import io.mediakeep.media.UploadSettings;
import io.mediakeep.media.usage.UsageCatalog;

/** What may be uploaded, as far as it can be checked before the body is read. */
public final class UploadRules {
    private final long maxSize;
    private final ContentTypePolicy types;
    private final UploadQuotas quotas;
    private final UsageCatalog usage;

    /** The configured rules. */
    public UploadRules(UploadSettings settings, UploadQuotas quotas, UsageCatalog usage) {
        this.maxSize = settings.maxSize();
        this.types = new ContentTypePolicy(settings);
        this.quotas = quotas;
        this.usage = usage;
    }

    /** The maximum size of an upload of a user in bytes. */
    long maxSize(UserId user) {
        return quotas.of(user).maxSize(maxSize);
    }

    /** The maximum size in bytes that the quota of a user without any uploads permits. */
    long maxFittingSize(UserId user) {
        return quotas.of(user).maxFittingSize(maxSize);
    }

    /**
     * Rejects encoded content and forms with 415, types and quotas with 403, and a declared size above the maximum with
     * 413.
     */
    void check(Upload upload) {
        rejectEncodings(upload);
        types.check(upload.contentType());
        long size = upload.declaredSize().orElse(0);
        long userMax = maxSize(upload.uploader());
        if (size > userMax) {
            throw MatrixException.tooLarge(userMax);
        }
        usage.check(upload.uploader(), size);
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
