package io.mediakeep.api.response;

import io.mediakeep.api.RequestProperties;
import io.mediakeep.blob.BlobSource.Headers;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.media.content.ByteSource;
import io.mediakeep.media.content.Content;
import io.mediakeep.media.content.ContentInProgress;
import io.mediakeep.media.content.DownloadResult;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns content into a response: all of it or a range, its headers only, a redirect, or 304. */
public final class ContentResponse {
    private static final String CSP = "sandbox; default-src 'none'; script-src 'none'; plugin-types application/pdf;"
            + " style-src 'unsafe-inline'; media-src 'self'; object-src 'self';";
    private static final String PRIVATE_CACHING = "private, max-age=86400, immutable";
    private static final String PUBLIC_CACHING = "public, max-age=86400";

    private final ContainerRequestContext request;

    /** Responses to this request; the request closes what they open when it ends, also on failure. */
    public ContentResponse(ContainerRequestContext request) {
        this.request = request;
    }

    /**
     * The response.
     *
     * @param authenticated whether the endpoint requires a token; then only the client may cache the response
     * @throws MatrixException 404 when the bytes are lost
     */
    public Response of(DownloadResult content, boolean authenticated) throws IOException {
        return content instanceof ContentInProgress inProgress
                ? inProgress(inProgress, authenticated)
                : complete((Content) content, authenticated);
    }

    /** Content in progress has no hash yet, and no size that a range could be measured by. */
    private Response inProgress(ContentInProgress content, boolean authenticated) throws IOException {
        ResponseBuilder response = common(Response.ok(), content, authenticated)
                .header(HttpHeaders.CONTENT_TYPE, content.contentType().headerValue());
        content.size().ifPresent(size -> response.header(HttpHeaders.CONTENT_LENGTH, size));
        if (RequestProperties.hidesTruncation(request)) {
            response.header("Connection", "close"); // so that missing bytes cannot be taken from the next response
        }
        return RequestProperties.head(request)
                ? response.build()
                : response.entity(RequestProperties.closedAtEnd(request, content.source()))
                        .build();
    }

    private Response complete(Content content, boolean authenticated) throws IOException {
        String etag = '"' + content.sha256() + '"';
        if (matches(request.getHeaderString(HttpHeaders.IF_NONE_MATCH), etag)) {
            return validated(Response.notModified(), content, etag, authenticated)
                    .build();
        }
        Optional<Response> redirect = RedirectResponse.of(content, headers(content, authenticated), request);
        return redirect.isPresent() ? redirect.get() : wholeOrPart(content, etag, authenticated);
    }

    private Response wholeOrPart(Content content, String etag, boolean authenticated) throws IOException {
        ByteRange.Selection selection = selection(content, etag);
        if (selection instanceof ByteRange.Selection.Unsatisfiable) {
            return unsatisfiable(content);
        }
        ByteRange all = new ByteRange(0, content.size());
        ByteRange range = selection instanceof ByteRange.Selection.Part part ? part.range() : all;
        ResponseBuilder response = validated(
                        Response.status(selection instanceof ByteRange.Selection.Part ? 206 : 200),
                        content,
                        etag,
                        authenticated)
                .header(HttpHeaders.CONTENT_TYPE, content.contentType().headerValue())
                .header(HttpHeaders.CONTENT_LENGTH, range.length());
        if (selection instanceof ByteRange.Selection.Part) {
            response.header("Content-Range", range.of(content.size()));
        }
        return RequestProperties.head(request)
                ? response.build()
                : response.entity(body(content, range)).build();
    }

    /** A range applies to {@code GET} only (RFC 9110, section 14.2). */
    private ByteRange.Selection selection(Content content, String etag) {
        @Nullable String condition = request.getHeaderString("If-Range");
        boolean current = condition == null || condition.strip().equals(etag);
        boolean applies = current && !RequestProperties.head(request);
        return ByteRange.select(applies ? request.getHeaderString("Range") : null, content.size());
    }

    /** Opened before the response begins, so that lost bytes are a 404. */
    private ByteSource body(Content content, ByteRange range) throws IOException {
        return RequestProperties.closedAtEnd(request, content.source(range.start(), range.length()));
    }

    private static ResponseBuilder validated(
            ResponseBuilder response, Content content, String etag, boolean authenticated) {
        return common(response, content, authenticated)
                .header(HttpHeaders.ETAG, etag)
                .header("Accept-Ranges", "bytes");
    }

    private static ResponseBuilder common(ResponseBuilder response, DownloadResult content, boolean authenticated) {
        Headers headers = headers(content, authenticated);
        return response.header(HttpHeaders.CACHE_CONTROL, headers.cacheControl())
                .header(HttpHeaders.CONTENT_DISPOSITION, headers.disposition())
                .header("Content-Security-Policy", CSP)
                .header("Cross-Origin-Resource-Policy", "cross-origin")
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Robots-Tag", "noindex, nofollow, noarchive, noimageindex")
                .header("Referrer-Policy", "no-referrer");
    }

    private static Headers headers(DownloadResult content, boolean authenticated) {
        return new Headers(
                content.contentType().headerValue(),
                Disposition.of(content.contentType(), content.fileName()),
                authenticated ? PRIVATE_CACHING : PUBLIC_CACHING);
    }

    private static Response unsatisfiable(Content content) {
        return ErrorResponse.of(MatrixException.rangeNotSatisfiable())
                .header("Content-Range", "bytes */" + content.size())
                .header("Accept-Ranges", "bytes")
                .build();
    }

    /** {@code If-None-Match}: {@code *} matches, and weak tags compare like strong ones (RFC 9110, section 13.1.2). */
    private static boolean matches(@Nullable String header, String etag) {
        return header != null
                && (header.strip().equals("*")
                        || Arrays.stream(header.split(",", -1))
                                .map(String::strip)
                                .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                                .anyMatch(etag::equals));
    }
}
