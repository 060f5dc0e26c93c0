package io.mediakeep.preview;

import io.mediakeep.concurrent.Deadline;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.outbound.OutboundException;
import io.mediakeep.outbound.OutboundRequest;
import io.mediakeep.outbound.Purpose;
import io.mediakeep.outbound.http.OutboundClient;
import io.mediakeep.outbound.http.OutboundResponse;
import java.util.Optional;

/** Asks other people's servers what a preview needs: by our rules for addresses, under our name, within our limits. */
final class PageClient {
    private static final int MAX_REDIRECTS = 5;
    private static final long LONGEST_JSON = 256 * 1024;
    private static final String PAGES = "text/html,application/xhtml+xml,image/*;q=0.8,*/*;q=0.5";
    private static final String IMAGES = "image/webp,image/png,image/jpeg,image/gif,image/*;q=0.5";
    private static final String JSON = "application/json";

    private final OutboundClient http;
    private final UrlRules rules;
    private final UserAgents userAgents;
    private final long longestPage;

    PageClient(OutboundClient http, PreviewSettings settings) {
        this.http = http;
        this.rules = new UrlRules(settings.urlRules());
        this.userAgents = new UserAgents(
                settings.introduction().userAgent(), settings.introduction().userAgents());
        this.longestPage = Math.max(settings.maxPageSize(), settings.maxImageSize() + 1);
    }

    /** Whether the operator's rules let anybody look at the address. */
    boolean mayVisit(WebUrl url) {
        return rules.permit(url.uri());
    }

    /**
     * A page, or whatever is at its address; if it still is as the validators say, the answer is 304. Of a body that is
     * too long the beginning comes.
     */
    OutboundResponse page(WebUrl url, Language language, Validators validators, Deadline deadline)
            throws OutboundException {
        OutboundRequest.Builder request =
                request(url, PAGES, language, deadline).truncateAt(longestPage);
        validators.etag().ifPresent(etag -> request.header("If-None-Match", etag));
        validators.lastModified().ifPresent(date -> request.header("If-Modified-Since", date));
        return http.get(request.build());
    }

    /** A picture; of a body that is too long the beginning comes. */
    OutboundResponse image(WebUrl url, Language language, Deadline deadline) throws OutboundException {
        return http.get(
                request(url, IMAGES, language, deadline).truncateAt(longestPage).build());
    }

    /** A small JSON document. */
    OutboundResponse json(WebUrl url, Language language, Deadline deadline) throws OutboundException {
        return http.get(
                request(url, JSON, language, deadline).maxBytes(LONGEST_JSON).build());
    }

    private OutboundRequest.Builder request(WebUrl url, String accept, Language language, Deadline deadline) {
        return OutboundRequest.to(url.uri(), Purpose.PREVIEW, deadline)
                .header("User-Agent", userAgents.at(url.uri()))
                .header("Accept", accept)
                .header("Accept-Language", language.header())
                .filter(rules::permit)
                .redirects(MAX_REDIRECTS)
                .compressed();
    }

    /**
     * What the client is told when there is no answer. A name that leads into our own network is answered as one that
     * does not exist, so that nobody finds out which names the network has.
     */
    static MatrixException refusal(OutboundException failure) {
        return switch (failure.kind()) {
            case DENIED, UNRESOLVED -> MatrixException.badGateway("The host of this URL cannot be found");
            case TIMEOUT -> tooSlow();
            case UNREACHABLE -> MatrixException.badGateway("The site cannot be reached");
            case TLS -> MatrixException.badGateway("No secure connection to the site can be made");
            case TOO_MANY_REDIRECTS -> MatrixException.badGateway("The site redirects too often");
            case TOO_LARGE, BAD_RESPONSE -> MatrixException.badGateway("The site's answer makes no sense");
        };
    }

    static MatrixException forbidden() {
        return MatrixException.forbidden("This URL may not be previewed");
    }

    static MatrixException tooSlow() {
        return MatrixException.gatewayTimeout("The site takes too long to answer");
    }

    /** Whether the server has answered with what was asked for. */
    static boolean isSuccess(OutboundResponse answer) {
        return answer.status() >= 200 && answer.status() < 300;
    }

    /** The address that answered, after all redirects. */
    static WebUrl urlOf(OutboundResponse answer, WebUrl asked) {
        return Optional.of(answer.uri().toString()).flatMap(WebUrl::parse).orElse(asked);
    }
}
