package io.mediakeep.api.client;

import io.mediakeep.api.Parameters;
import io.mediakeep.api.RequestProperties;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.media.Upload;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A request with a body that is to be kept. */
final class UploadRequest {
    private static final int LONGEST_TYPE = 255;

    private final Upload upload;
    private final RequestBody body;

    private UploadRequest(Upload upload, RequestBody body) {
        this.upload = upload;
        this.body = body;
    }

    /** What happens to an upload. */
    @FunctionalInterface
    interface Taker {
        /** Keeps it. */
        Mxc take(Upload upload) throws IOException;
    }

    static UploadRequest of(ContainerRequestContext request) {
        String contentType = contentType(request);
        refuseUnlessPlain(request, contentType);
        RequestBody body = new RequestBody(request.getEntityStream());
        Upload upload = new Upload(
                RequestProperties.requiredRequester(request).user(),
                contentType,
                new Parameters(request.getUriInfo()).text("filename"),
                declaredSize(request),
                body);
        return new UploadRequest(upload, body);
    }

    private static String contentType(ContainerRequestContext request) {
        return RequestProperties.contentType(request)
                .filter(given -> !given.isBlank() && given.length() <= LONGEST_TYPE)
                .filter(given -> given.chars().allMatch(character -> character >= ' ' && character < 0x7f))
                .map(String::strip)
                .orElse(MediaType.APPLICATION_OCTET_STREAM);
    }

    private static void refuseUnlessPlain(ContainerRequestContext request, String contentType) {
        @Nullable String coding = request.getHeaderString(HttpHeaders.CONTENT_ENCODING);
        if (coding != null && !coding.strip().equalsIgnoreCase("identity")) {
            throw MatrixException.unsupportedMediaType("Send the content as it is, without Content-Encoding");
        }
        if (contentType.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
            throw MatrixException.unsupportedMediaType("Send the content as the body of the request, not as a form");
        }
    }

    private static OptionalLong declaredSize(ContainerRequestContext request) {
        @Nullable String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(length.strip()));
        } catch (NumberFormatException nonsense) {
            throw MatrixException.badRequest("Content-Length must be a number");
        }
    }

    /** Hands the upload on; when it is refused, reads on for a while so that the client comes to read the answer. */
    Mxc handedTo(Taker taker) throws IOException {
        try {
            return taker.take(upload);
        } catch (MatrixException refusal) {
            body.drain();
            throw refusal;
        }
    }
}
