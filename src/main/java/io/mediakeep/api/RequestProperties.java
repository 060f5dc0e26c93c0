package io.mediakeep.api;

import io.mediakeep.auth.Requester;
import io.mediakeep.limits.TrustedProxies;
import io.mediakeep.matrix.ServerName;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of a request beside its headers. */
public final class RequestProperties {
    /** The request attribute in which the container's adapter says the address of the client, a string. */
    public static final String CLIENT_ADDRESS = "io.mediakeep.client-address";

    /** The request attribute in which the container's adapter says path and query as they came, a string. */
    public static final String TARGET = "io.mediakeep.target";

    /**
     * The request attribute with which the container's adapter breaks the connection, a {@link Runnable}; as long as
     * nothing was sent it does nothing, so that the client can be told what failed.
     */
    public static final String BREAK_OFF = "io.mediakeep.break-off";

    /** The request attribute that is there when the container ends an answer of unknown length well even if it broke off. */
    public static final String ENDS_WELL = "io.mediakeep.ends-well";

    /**
     * The request attribute with which the container's adapter tells a client that asked ({@code Expect: 100-continue}) to
     * send the body, a {@link Runnable}; absent where the client did not ask, or the container tells it by itself.
     */
    public static final String CONTINUE = "io.mediakeep.continue";

    private static final String CONTENT_TYPE = "io.mediakeep.content-type";
    private static final String HEAD = "io.mediakeep.head";
    private static final String LATER = "io.mediakeep.answered-later";
    private static final String ORIGIN = "io.mediakeep.origin";
    private static final String REQUESTER = "io.mediakeep.requester";

    private RequestProperties() {}

    /** The address of the client. */
    static String clientAddress(ContainerRequestContext request) {
        return request.getProperty(CLIENT_ADDRESS) instanceof String address ? address : "unknown";
    }

    /** Path and query as the request line has them; where the container does not tell, as Jersey understood them. */
    static String target(ContainerRequestContext request) {
        if (request.getProperty(TARGET) instanceof String target) {
            return target;
        }
        URI uri = request.getUriInfo().getRequestUri();
        @Nullable String query = uri.getRawQuery();
        return query == null ? uri.getRawPath() : uri.getRawPath() + "?" + query;
    }

    /** Whether an answer that breaks off is known by its length alone. */
    static boolean endsWell(ContainerRequestContext request) {
        return request.getProperty(ENDS_WELL) != null;
    }

    /** Tells a client that waits for it to send the body. Called when the body is first read. */
    public static void askForBody(ContainerRequestContext request) {
        if (request.getProperty(CONTINUE) instanceof Runnable asking) {
            request.removeProperty(CONTINUE);
            asking.run();
        }
    }

    /** Breaks the connection if anything was sent: that must not look complete. */
    static void breakOff(ContainerRequestContext request) {
        if (request.getProperty(BREAK_OFF) instanceof Runnable breaking) {
            breaking.run();
        }
    }

    /** On whose behalf a request is: the user, or the address where nobody has to say who he is. */
    public static String caller(ContainerRequestContext request) {
        return requester(request).map(Requester::user).map(Object::toString).orElseGet(() -> countedAddress(request));
    }

    /** The address of the client, or its network, as limits count it. */
    static String countedAddress(ContainerRequestContext request) {
        return TrustedProxies.countedUnder(clientAddress(request));
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
    public static boolean head(ContainerRequestContext request) {
        return request.getProperty(HEAD) != null;
    }

    /** Notes that the answer does not come on the thread that took the request. */
    public static void setAnsweredLater(ContainerRequestContext request) {
        request.setProperty(LATER, true);
    }

    static boolean answeredLater(ContainerRequestContext request) {
        return request.getProperty(LATER) != null;
    }

    static void setOrigin(ContainerRequestContext request, ServerName origin) {
        request.setProperty(ORIGIN, origin);
    }

    /** The homeserver that is calling a resource that requires one. */
    public static ServerName requiredOrigin(ContainerRequestContext request) {
        if (request.getProperty(ORIGIN) instanceof ServerName origin) {
            return origin;
        }
        throw new IllegalStateException("the resource lacks @RequiresServer");
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
