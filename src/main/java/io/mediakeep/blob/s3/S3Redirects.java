package io.mediakeep.blob.s3;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.BlobSource.Headers;
import io.mediakeep.blob.BlobSource.Redirect;
import io.mediakeep.blob.S3Settings;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.s3.presigner.model.PresignedGetObjectRequest;

/**
 * URLs from which clients read blobs without this server. A presigned URL determines the headers of its response. The
 * public URL of an object does not, so it is used only where the headers of all objects are those that are needed.
 */
final class S3Redirects implements AutoCloseable {
    private final S3Presigner presigner;
    private final S3Keys keys;
    private final S3Settings.Redirects settings;

    S3Redirects(S3Presigner presigner, S3Keys keys, S3Settings.Redirects settings) {
        this.presigner = presigner;
        this.keys = keys;
        this.settings = settings;
    }

    /** A URL whose response has these headers, if there is one. Whether the object exists is not checked. */
    Optional<Redirect> find(BlobLocation location, Headers headers) {
        if (!settings.enabled()) {
            return Optional.empty();
        }
        Optional<URI> url = settings.publicUrl().isPresent()
                ? settings.publicUrl().filter(base -> areOfAllObjects(headers)).map(base -> publicUrl(base, location))
                : Optional.of(presigned(location, headers));
        return url.map(found -> new Redirect(found, settings.lifetime()));
    }

    private static boolean areOfAllObjects(Headers headers) {
        return headers.contentType().equals(S3Settings.Objects.CONTENT_TYPE)
                && headers.disposition().equals(S3Settings.Objects.DISPOSITION);
    }

    private URI publicUrl(URI base, BlobLocation location) {
        return URI.create(base.toString().replaceFirst("/$", "") + "/" + keys.of(location));
    }

    private URI presigned(BlobLocation location, Headers headers) {
        PresignedGetObjectRequest signed = presigner.presignGetObject(presigning -> presigning
                .signatureDuration(settings.lifetime())
                .getObjectRequest(request -> request.bucket(keys.bucket())
                        .key(keys.of(location))
                        .responseContentType(headers.contentType())
                        .responseContentDisposition(headers.disposition())
                        .responseCacheControl(headers.cacheControl())));
        return URI.create(signed.url().toString());
    }

    @Override
    public void close() {
        presigner.close();
    }
}
