package io.mediakeep.outbound;

import java.util.Optional;
import org.apache.hc.client5.http.cookie.BasicCookieStore;
import org.apache.hc.client5.http.cookie.CookieStore;

/**
 * One step of a request and its redirects: a URL, and whether it has the origin of the request. Credentials and the
 * route apply to that origin only, and not after a redirect away from it and back. Cookies are stored during the
 * request, for sites that redirect to themselves until they receive them.
 */
public record RedirectStep(OutboundRequest request, TargetUrl target, boolean sameOrigin, CookieStore cookies) {

    /** The first step of a request. */
    public static RedirectStep first(OutboundRequest request) throws OutboundException {
        return new RedirectStep(request, TargetUrl.of(request.uri()), true, new BasicCookieStore());
    }

    /** The step to a {@code Location} header. */
    public RedirectStep follow(String location) throws OutboundException {
        TargetUrl next = target.follow(location);
        return new RedirectStep(request, next, sameOrigin && next.sameOrigin(target), cookies);
    }

    /** The host to connect to. */
    public Host host() throws OutboundException {
        Optional<Route> route = route();
        return route.isPresent() ? Host.of(route.get().host()) : target.host();
    }

    /** The port to connect to. */
    public int port() {
        return route().map(Route::port).orElseGet(target::port);
    }

    /** The name or address of the certificate. */
    public String certificateName() throws OutboundException {
        Optional<Route> route = route();
        return route.isPresent()
                ? Host.of(route.get().certificateName()).name()
                : target.host().name();
    }

    /** The {@code Host} header. */
    public String hostHeader() {
        return route().map(Route::hostHeader).orElseGet(target::authority);
    }

    /** The {@code Authorization} header, if one is sent in this step. */
    public Optional<String> authorization() {
        return sameOrigin ? request.authorization() : Optional.empty();
    }

    private Optional<Route> route() {
        return sameOrigin ? request.route() : Optional.empty();
    }
}
