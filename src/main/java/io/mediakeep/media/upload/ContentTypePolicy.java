package io.mediakeep.media.upload;

import io.mediakeep.matrix.ContentType;
import io.mediakeep.matrix.Glob;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.media.UploadSettings;
import java.util.List;

/** Which content types may be uploaded. Only the essence of the type counts. */
final class ContentTypePolicy {
    private final List<Glob> allowed;
    private final List<Glob> denied;

    ContentTypePolicy(UploadSettings settings) {
        this.allowed = settings.allowedTypes().stream().map(Glob::new).toList();
        this.denied = settings.deniedTypes().stream().map(Glob::new).toList();
    }

    /** Rejects other types with 403 {@code M_FORBIDDEN}. */
    void check(ContentType contentType) {
        String type = contentType.essence();
        boolean permitted = allowed.isEmpty() || allowed.stream().anyMatch(glob -> glob.matches(type));
        if (!permitted || denied.stream().anyMatch(glob -> glob.matches(type))) {
            throw MatrixException.forbidden("Uploads of this Content-Type are not allowed");
        }
    }
}
