package io.mediakeep.outbound;

import java.util.Optional;
import org.apache.hc.client5.http.cookie.BasicCookieStore;
import org.apache.hc.client5.http.cookie.CookieStore;

/**
 * One step of a request: a URL, and whether it is still at the origin that was asked for. Credentials and the route are
 * for that origin only; once a redirect has left it, they are gone for good. Cookies live as long as the request, for sites
 * that redirect to themselves until they get theirs back.
 */
public record RedirectStep(OutboundRequest request, TargetUrl target, boolean home, CookieStore cookies) {

    /** The step that the request asks for. */
    public static RedirectStep first(OutboundRequest request) throws OutboundException {
        return new RedirectStep(request, TargetUrl.of(request.uri()), true, new BasicCookieStore());
    }

    /** The step to where a {@code Location} header points. */
    public RedirectStep follow(String location) throws OutboundException {
        TargetUrl next = target.follow(location);
        return new RedirectStep(request, next, home && next.sameOrigin(target), cookies);
    }

    /** Whom to connect to. */
    public Host host() throws OutboundException {
        Optional<Route> way = route();
        return way.isPresent() ? Host.of(way.get().host()) : target.host();
    }

    /** The port to connect to. */
    public int port() {
        return route().map(Route::port).orElseGet(target::port);
    }

    /** The name or address for which the certificate has to be. */
    public String certificateName() throws OutboundException {
        Optional<Route> way = route();
        return way.isPresent()
                ? Host.of(way.get().certificateName()).name()
                : target.host().name();
    }

    public String hostHeader() {
        return route().map(Route::hostHeader).orElseGet(target::authority);
    }

    public Optional<String> authorization() {
        return home ? request.authorization() : Optional.empty();
    }

    private Optional<Route> route() {
        return home ? request.route() : Optional.empty();
    }
}
