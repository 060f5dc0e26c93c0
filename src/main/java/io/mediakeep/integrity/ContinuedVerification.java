package io.mediakeep.integrity;

import io.mediakeep.blob.BlobVerification;
import io.mediakeep.blob.BlobVerification.Outcome;
import io.mediakeep.media.blob.Blobs;
import io.mediakeep.media.blob.StoredBlob;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Verifies one blob after the other. One that is not finished is continued, if it is still the next. */
final class ContinuedVerification {
    private final Blobs blobs;
    private @Nullable BlobVerification unfinished;

    ContinuedVerification(Blobs blobs) {
        this.blobs = blobs;
    }

    /**
     * Begins to read a blob, or continues.
     *
     * @param proceed checked before each piece
     * @throws IOException when the store fails; the blob is read from its beginning the next time
     */
    Outcome proceed(StoredBlob blob, BooleanSupplier proceed) throws IOException {
        BlobVerification begun = unfinished;
        BlobVerification current =
                begun != null && begun.location().equals(blob.location()) ? begun : blobs.verification(blob);
        unfinished = null;
        Outcome outcome = current.proceed(proceed);
        if (outcome == Outcome.UNFINISHED) {
            unfinished = current;
        }
        return outcome;
    }
}
