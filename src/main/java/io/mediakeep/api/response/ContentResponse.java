package io.mediakeep.api.response;

import io.mediakeep.api.RequestProperties;
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
import org.jspecify.annotations.Nullable;

/** Turns content into an answer: whole or a part of it, its head alone, or the word that the client has it already. */
public final class ContentResponse {
    private static final String CSP = "sandbox; default-src 'none'; script-src 'none'; plugin-types application/pdf;"
            + " style-src 'unsafe-inline'; media-src 'self'; object-src 'self';";
    private static final String CACHED_BY_THE_CLIENT = "private, max-age=86400, immutable";
    private static final String CACHED_BY_ANYBODY = "public, max-age=86400";

    private final ContainerRequestContext request;

    /** Answers to this request, which closes what they open when it ends, however it ends. */
    public ContentResponse(ContainerRequestContext request) {
        this.request = request;
    }

    /**
     * The answer.
     *
     * @param authenticated whether it came through an endpoint that requires a token; it may then be cached by nobody
     *     but the client
     * @throws MatrixException 404 when the bytes are gone
     */
    public Response of(DownloadResult delivery, boolean authenticated) throws IOException {
        return delivery instanceof ContentInProgress arriving
                ? arriving(arriving, authenticated)
                : whole((Content) delivery, authenticated);
    }

    /** What still arrives has no hash yet, and no end that a range could be measured from. */
    private Response arriving(ContentInProgress content, boolean authenticated) throws IOException {
        ResponseBuilder answer = common(Response.ok(), content, authenticated)
                .header(HttpHeaders.CONTENT_TYPE, content.contentType().headerValue());
        content.size().ifPresent(size -> answer.header(HttpHeaders.CONTENT_LENGTH, size));
        if (RequestProperties.endsWell(request)) {
            answer.header("Connection", "close"); // so that what is missing cannot be taken from the next answer
        }
        return RequestProperties.head(request)
                ? answer.build()
                : answer.entity(RequestProperties.opened(request, content.source()))
                        .build();
    }

    private Response whole(Content content, boolean authenticated) throws IOException {
        String etag = '"' + content.sha256() + '"';
        if (matches(request.getHeaderString(HttpHeaders.IF_NONE_MATCH), etag)) {
            return validated(Response.notModified(), content, etag, authenticated)
                    .build();
        }
        ByteRange.Selection asked = asked(content, etag);
        if (asked instanceof ByteRange.Selection.Unsatisfiable) {
            return unsatisfiable(content);
        }
        ByteRange all = new ByteRange(0, content.size());
        ByteRange range = asked instanceof ByteRange.Selection.Part part ? part.range() : all;
        ResponseBuilder answer = validated(
                        Response.status(asked instanceof ByteRange.Selection.Part ? 206 : 200),
                        content,
                        etag,
                        authenticated)
                .header(HttpHeaders.CONTENT_TYPE, content.contentType().headerValue())
                .header(HttpHeaders.CONTENT_LENGTH, range.length());
        if (asked instanceof ByteRange.Selection.Part) {
            answer.header("Content-Range", range.of(content.size()));
        }
        return RequestProperties.head(request)
                ? answer.build()
                : answer.entity(body(content, range)).build();
    }

    /** A range applies to {@code GET} alone (RFC 9110, section 14.2). */
    private ByteRange.Selection asked(Content content, String etag) {
        @Nullable String condition = request.getHeaderString("If-Range");
        boolean current = condition == null || condition.strip().equals(etag);
        boolean applies = current && !RequestProperties.head(request);
        return ByteRange.asked(applies ? request.getHeaderString("Range") : null, content.size());
    }

    /** Opened before the answer begins, so that bytes that are gone are still a 404. */
    private ByteSource body(Content content, ByteRange range) throws IOException {
        return RequestProperties.opened(request, content.source(range.start(), range.length()));
    }

    private static ResponseBuilder validated(
            ResponseBuilder answer, Content content, String etag, boolean authenticated) {
        return common(answer, content, authenticated)
                .header(HttpHeaders.ETAG, etag)
                .header("Accept-Ranges", "bytes");
    }

    private static ResponseBuilder common(ResponseBuilder answer, DownloadResult content, boolean authenticated) {
        return answer.header(HttpHeaders.CACHE_CONTROL, authenticated ? CACHED_BY_THE_CLIENT : CACHED_BY_ANYBODY)
                .header(HttpHeaders.CONTENT_DISPOSITION, Disposition.of(content.contentType(), content.fileName()))
                .header("Content-Security-Policy", CSP)
                .header("Cross-Origin-Resource-Policy", "cross-origin")
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Robots-Tag", "noindex, nofollow, noarchive, noimageindex")
                .header("Referrer-Policy", "no-referrer");
    }

    private static Response unsatisfiable(Content content) {
        return ErrorResponse.of(MatrixException.rangeNotSatisfiable())
                .header("Content-Range", "bytes */" + content.size())
                .header("Accept-Ranges", "bytes")
                .build();
    }

    /** {@code If-None-Match}: any tag will do, and weak ones compare like strong ones (RFC 9110, section 13.1.2). */
    private static boolean matches(@Nullable String header, String etag) {
        return header != null
                && (header.strip().equals("*")
                        || Arrays.stream(header.split(",", -1))
                                .map(String::strip)
                                .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                                .anyMatch(etag::equals));
    }
}
