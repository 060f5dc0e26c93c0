package io.mediakeep.preview;

import io.mediakeep.concurrent.Deadline;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.outbound.OutboundException;
import io.mediakeep.outbound.OutboundRequest;
import io.mediakeep.outbound.Purpose;
import io.mediakeep.outbound.http.OutboundClient;
import io.mediakeep.outbound.http.OutboundResponse;
import io.mediakeep.preview.url.UrlRules;
import io.mediakeep.preview.url.WebUrl;
import java.util.Optional;

/** Fetches pages, images and JSON for previews, with the URL rules, headers and limits of previews. */
final class PageClient {
    private static final int MAX_REDIRECTS = 5;
    private static final long MAX_JSON = 256 * 1024;
    private static final String PAGES = "text/html,application/xhtml+xml,image/*;q=0.8,*/*;q=0.5";
    private static final String IMAGES = "image/webp,image/png,image/jpeg,image/gif,image/*;q=0.5";
    private static final String JSON = "application/json";

    private final OutboundClient http;
    private final UrlRules rules;
    private final UserAgents userAgents;
    private final long maxPageBytes;

    PageClient(OutboundClient http, PreviewSettings settings) {
        this.http = http;
        this.rules = new UrlRules(settings.urlRules());
        this.userAgents = new UserAgents(
                settings.requestHeaders().userAgent(), settings.requestHeaders().userAgents());
        this.maxPageBytes = Math.max(settings.maxPageSize(), settings.maxImageSize() + 1);
    }

    /** Whether the URL rules allow the URL. */
    boolean isAllowed(WebUrl url) {
        return rules.permit(url.uri());
    }

    /**
     * The response for a page or any other URL; 304 if the validators still match. A body above the limit is truncated.
     */
    OutboundResponse page(WebUrl url, Language language, Validators validators, Deadline deadline)
            throws OutboundException {
        OutboundRequest.Builder request =
                request(url, PAGES, language, deadline).truncateAt(maxPageBytes);
        validators.etag().ifPresent(etag -> request.header("If-None-Match", etag));
        validators.lastModified().ifPresent(date -> request.header("If-Modified-Since", date));
        return http.get(request.build());
    }

    /** The response for an image; a body above the limit is truncated. */
    OutboundResponse image(WebUrl url, Language language, Deadline deadline) throws OutboundException {
        return http.get(request(url, IMAGES, language, deadline)
                .truncateAt(maxPageBytes)
                .build());
    }

    /** The response for a small JSON document. */
    OutboundResponse json(WebUrl url, Language language, Deadline deadline) throws OutboundException {
        return http.get(
                request(url, JSON, language, deadline).maxBytes(MAX_JSON).build());
    }

    private OutboundRequest.Builder request(WebUrl url, String accept, Language language, Deadline deadline) {
        return OutboundRequest.to(url.uri(), Purpose.PREVIEW, deadline)
                .header("User-Agent", userAgents.forUrl(url.uri()))
                .header("Accept", accept)
                .header("Accept-Language", language.header())
                .filter(rules::permit)
                .redirects(MAX_REDIRECTS)
                .compressed();
    }

    /**
     * The error for a failed request. A host name that resolves to a denied network gets the same error as one that
     * does not exist, so that internal names cannot be probed.
     */
    static MatrixException rejection(OutboundException failure) {
        return switch (failure.kind()) {
            case DENIED, UNRESOLVED -> MatrixException.badGateway("The host of this URL cannot be found");
            case TIMEOUT -> tooSlow();
            case UNREACHABLE -> MatrixException.badGateway("The site cannot be reached");
            case TLS -> MatrixException.badGateway("No secure connection to the site can be made");
            case TOO_MANY_REDIRECTS -> MatrixException.badGateway("The site redirects too often");
            case TOO_LARGE, BAD_RESPONSE -> MatrixException.badGateway("The site's response is invalid or too large");
        };
    }

    static MatrixException forbidden() {
        return MatrixException.forbidden("The operator's rules forbid previews of this URL");
    }

    static MatrixException tooSlow() {
        return MatrixException.gatewayTimeout("The site does not respond in time");
    }

    /** Whether the status is one of success. */
    static boolean isSuccess(OutboundResponse response) {
        return response.status() >= 200 && response.status() < 300;
    }

    /** The URL of the response, after all redirects. */
    static WebUrl urlOf(OutboundResponse response, WebUrl requested) {
        return Optional.of(response.uri().toString()).flatMap(WebUrl::parse).orElse(requested);
    }
}
