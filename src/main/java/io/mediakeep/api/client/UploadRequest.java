package io.mediakeep.api.client;

import io.mediakeep.api.Parameters;
import io.mediakeep.api.RequestProperties;
import io.mediakeep.matrix.ContentType;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.media.upload.Upload;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Parses upload requests. */
final class UploadRequest {
    private UploadRequest() {}

    /** The upload in a request. */
    static Upload of(ContainerRequestContext request) {
        return new Upload(
                RequestProperties.requiredRequester(request).user(),
                RequestProperties.contentType(request).map(ContentType::parse).orElse(ContentType.OCTET_STREAM),
                Optional.ofNullable(request.getHeaderString(HttpHeaders.CONTENT_ENCODING)),
                new Parameters(request.getUriInfo()).text("filename"),
                declaredSize(request),
                RequestProperties.body(request));
    }

    private static OptionalLong declaredSize(ContainerRequestContext request) {
        @Nullable String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(length.strip()));
        } catch (NumberFormatException malformed) {
            throw MatrixException.badRequest("Content-Length must be a number");
        }
    }
}
