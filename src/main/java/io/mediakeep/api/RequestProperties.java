package io.mediakeep.api;

import io.mediakeep.auth.Requester;
import io.mediakeep.limits.TrustedProxies;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Optional;

/** What is known of a request beside its headers. */
public final class RequestProperties {
    /** The request attribute in which the container's adapter says the address of the client, a string. */
    public static final String CLIENT_ADDRESS = "io.mediakeep.client-address";

    private static final String CONTENT_TYPE = "io.mediakeep.content-type";
    private static final String HEAD = "io.mediakeep.head";
    private static final String LATER = "io.mediakeep.answered-later";
    private static final String REQUESTER = "io.mediakeep.requester";

    private RequestProperties() {}

    /** The address of the client. */
    static String clientAddress(ContainerRequestContext request) {
        return request.getProperty(CLIENT_ADDRESS) instanceof String address ? address : "unknown";
    }

    /** On whose behalf a request is: the user, or the address where nobody has to say who he is. */
    public static String caller(ContainerRequestContext request) {
        return requester(request)
                .map(Requester::user)
                .map(Object::toString)
                .orElseGet(() -> TrustedProxies.countedUnder(clientAddress(request)));
    }

    static void setContentType(ContainerRequestContext request, String contentType) {
        request.setProperty(CONTENT_TYPE, contentType);
    }

    /** The {@code Content-Type} as the client wrote it. */
    public static Optional<String> contentType(ContainerRequestContext request) {
        return request.getProperty(CONTENT_TYPE) instanceof String type ? Optional.of(type) : Optional.empty();
    }

    static void setHead(ContainerRequestContext request) {
        request.setProperty(HEAD, true);
    }

    /** Whether the client wants the head of the answer alone. */
    static boolean head(ContainerRequestContext request) {
        return request.getProperty(HEAD) != null;
    }

    /** Notes that the answer does not come on the thread that took the request. */
    public static void setAnsweredLater(ContainerRequestContext request) {
        request.setProperty(LATER, true);
    }

    static boolean answeredLater(ContainerRequestContext request) {
        return request.getProperty(LATER) != null;
    }

    static void setRequester(ContainerRequestContext request, Requester requester) {
        request.setProperty(REQUESTER, requester);
    }

    /** Who is calling, if the resource requires anybody. */
    static Optional<Requester> requester(ContainerRequestContext request) {
        return request.getProperty(REQUESTER) instanceof Requester requester
                ? Optional.of(requester)
                : Optional.empty();
    }

    /** Who is calling a resource that requires somebody. */
    public static Requester requiredRequester(ContainerRequestContext request) {
        return requester(request).orElseThrow(() -> new IllegalStateException("the resource lacks @RequiresUser"));
    }
}
